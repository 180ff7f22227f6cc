import { setTimeout as pause } from 'node:timers/promises';
import type { Crowd, CrowdPlace } from './crowd.ts';
import { residentMemory } from './residentMemory.ts';

/** Enough to load what the first connections load: code, buffers, the database's pages. */
const WARM_UP_PEOPLE = 100;
/** What sockets and timers still hold is let go by then. */
const SETTLE_MS = 2_000;

/** `NODE_OPTIONS` of a server that is measured. */
export const MEASURED = `--expose-gc --import=${new URL('collectOnSignal.ts', import.meta.url).href}`;

/**
 * Resident memory for each idle connection, kB: (with `people` connected − before) / `people`, all
 * garbage collected before both readings. The crowd stays.
 *
 * @param pid a server that was started with `MEASURED`
 */
export async function perConnection(
  pid: number,
  { crowd, place, people }: { crowd: Crowd; place: CrowdPlace; people: number },
): Promise<number> {
  await crowd.come(place, WARM_UP_PEOPLE);
  await crowd.go();
  const before = await heldMemory(pid);
  await crowd.come(place, people);
  const after = await heldMemory(pid);
  console.log(`  ${before} kB before, ${after} kB with ${people} people`);
  return (after - before) / people;
}

/** Collects twice: what the first collection finalizes is freed by the second. */
async function heldMemory(pid: number): Promise<number> {
  for (let round = 0; round < 2; round += 1) {
    await pause(SETTLE_MS);
    process.kill(pid, 'SIGUSR2');
  }
  await pause(SETTLE_MS);
  return residentMemory(pid);
}
