import { percentile } from '../percentile.ts';

/**
 * Plays each of the turns so many times, one after the other and each round from another one on: the
 * middle of the p99s of each.
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
      const p99 = percentile(await turns[name](), 0.99);
      p99s.get(name)?.push(p99);
      console.error(`  ${name}: p99 ${p99.toFixed(1)} ms`);
    }
  }
  const middles = [...p99s].map(([name, values]) => [name, percentile(values, 0.5)]);
  return Object.fromEntries(middles) as Record<Name, number>;
}
