import { countStolen } from '../stolenTime.ts';
import { percentile } from '../percentile.ts';

/** Of the processors' time; above it a turn says more about the machine's host than about anything else. */
const STOLEN_AT_MOST = 0.02;
/** A host that is never quiet is measured all the same. */
const TRIES = 3;

/**
 * Plays each of the turns so many times, one after the other and each round from another one on: the
 * middle of the p99s of each. A turn in which the host took time away is played again.
 */
export async function byTurns<Name extends string>(
  rounds: number,
  turns: Readonly<Record<Name, () => Promise<readonly number[]>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(turns) as Name[];
  const p99s = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const place of names.keys()) {
      const name = names[(round + place) % names.length]!;
      p99s.get(name)?.push(await p99Of(name, turns[name]));
    }
  }
  const middles = [...p99s].map(([name, values]) => [name, percentile(values, 0.5)]);
  return Object.fromEntries(middles) as Record<Name, number>;
}

async function p99Of(name: string, turn: () => Promise<readonly number[]>): Promise<number> {
  const tried: { readonly p99: number; readonly stolen: number }[] = [];
  while (tried.length < TRIES) {
    const stolenSince = countStolen();
    const p99 = percentile(await turn(), 0.99);
    const stolen = stolenSince();
    tried.push({ p99, stolen });
    console.error(`  ${name}: p99 ${p99.toFixed(1)} ms, ${(stolen * 100).toFixed(1)} % stolen`);
    if (stolen <= STOLEN_AT_MOST) return p99;
  }
  const [quietest] = tried.toSorted((one, other) => one.stolen - other.stolen);
  return quietest!.p99;
}
