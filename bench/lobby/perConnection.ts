import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { decodeJson } from '../../shared/protocol/decode.ts';
import type { Crowd, CrowdPlace } from './crowd.ts';

/** Enough to load what the first connections load: code, buffers, the database's pages. */
const WARM_UP_PEOPLE = 100;
/** What sockets and timers still hold is let go by then. */
const SETTLE_MS = 2_000;
const LOOK_EVERY_MS = 50;

/** `NODE_OPTIONS` of a server that is measured. */
export const MEASURED = `--expose-gc --import=${new URL('collectOnSignal.ts', import.meta.url).href}`;

/** A server that was started with `MEASURED`. */
export interface MeasuredServer {
  readonly pid: number;
  lines(): readonly string[];
}

/** kB for each idle connection, by two ways to count. */
export interface ConnectionCost {
  /** Resident size as the system counts it; pages that were there before and free cost nothing. */
  readonly residentKb: number;
  /** What objects and buffers hold; the kernel's own part of a socket is not in it. */
  readonly heldKb: number;
}

const HeldSchema = v.object({
  msg: v.literal('held'),
  heldBytes: v.number(),
  residentBytes: v.number(),
});
type Held = v.InferOutput<typeof HeldSchema>;

/** (with `people` connected − before) / `people`, all garbage collected before both readings. */
export async function perConnection(
  server: MeasuredServer,
  { crowd, place, people }: { crowd: Crowd; place: CrowdPlace; people: number },
): Promise<ConnectionCost> {
  await crowd.come(place, WARM_UP_PEOPLE);
  await crowd.go();
  const before = await heldBy(server);
  const from = performance.now();
  await crowd.come(place, people);
  const seconds = (performance.now() - from) / 1_000;
  console.error(`  ${people} came in ${seconds.toFixed(0)} s`);
  const after = await heldBy(server);
  const each = (bytes: number) => bytes / 1024 / people;
  return {
    residentKb: each(after.residentBytes - before.residentBytes),
    heldKb: each(after.heldBytes - before.heldBytes),
  };
}

/** Collects twice: what the first collection finalizes is freed by the second. */
async function heldBy(server: MeasuredServer): Promise<Held> {
  await pause(SETTLE_MS);
  await collected(server);
  await pause(SETTLE_MS);
  return collected(server);
}

async function collected({ pid, lines }: MeasuredServer): Promise<Held> {
  const known = lines().length;
  process.kill(pid, 'SIGUSR2');
  for (;;) {
    for (const line of lines().slice(known)) {
      const held = decodeJson(HeldSchema, line);
      if (held.ok) return held.value;
    }
    await pause(LOOK_EVERY_MS);
  }
}
