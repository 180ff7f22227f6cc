import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../percentile.ts';
import type { Reading } from '../reading.ts';
import { watchHost } from '../undisturbed.ts';

/** A p99 of so many is the twentieth worst of them, not one unlucky moment, such as one garbage collection. */
const ENOUGH = 2_000;
/** A host that is never quiet ends the bench without figures. */
const ROUNDS_AT_MOST = 20;
/** Until the host has been looked at once more. */
const LOOKED_MS = 250;

interface Pool {
  readonly all: number[];
  readonly undisturbed: number[];
}

/**
 * Plays the turns one after the other, each round from another one on, until each has enough readings
 * that the machine's host did not disturb: their p99s.
 */
export async function byTurns<Name extends string>(
  turns: Readonly<Record<Name, () => Promise<readonly Reading[]>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(turns) as Name[];
  const pools = new Map(names.map((name) => [name, { all: [], undisturbed: [] } as Pool]));
  for (let round = 0; ![...pools.values()].every(isEnough); round += 1) {
    if (round === ROUNDS_AT_MOST) throw new Error('The host of this machine is never quiet.');
    for (const place of names.keys()) {
      const name = names[(round + place) % names.length]!;
      await play(turns[name], pools.get(name)!);
      tell(name, pools.get(name)!);
    }
  }
  const p99s = [...pools].map(([name, { undisturbed }]) => [name, percentile(undisturbed, 0.99)]);
  return Object.fromEntries(p99s) as Record<Name, number>;
}

function isEnough({ undisturbed }: Pool): boolean {
  return undisturbed.length >= ENOUGH;
}

async function play(turn: () => Promise<readonly Reading[]>, pool: Pool): Promise<void> {
  const host = watchHost();
  const readings = await turn();
  await pause(LOOKED_MS);
  host.end();
  pool.all.push(...readings.map(({ ms }) => ms));
  pool.undisturbed.push(...host.undisturbed(readings).map(({ ms }) => ms));
}

function tell(name: string, { all, undisturbed }: Pool): void {
  const show = (times: readonly number[]) =>
    times.length === 0
      ? 'none'
      : `${times.length}, p50 ${percentile(times, 0.5).toFixed(1)}, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
  console.error(`  ${name}: undisturbed ${show(undisturbed)}; all ${show(all)}`);
}
