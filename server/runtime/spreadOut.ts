import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';

/** Of what is spread out, one a millisecond: a thousand who come back are a second's work. */
const EACH_MS = 1;
/** Timers closer together than this are one timer's work. */
const SLICE_MS = 20;

/** Does something to each, evenly over at most `withinMs`; a few at once. Settles with the last one. */
export async function spreadOut<T>(
  all: readonly T[],
  withinMs: Millis,
  clock: Clock,
  work: (one: T) => void,
): Promise<void> {
  const slices = Math.ceil(Math.min(withinMs, all.length * EACH_MS) / SLICE_MS);
  const each = Math.ceil(all.length / slices);
  for (let start = 0; start < all.length; start += each) {
    if (start > 0) await new Promise<void>((next) => clock.after(SLICE_MS, next));
    for (const one of all.slice(start, start + each)) work(one);
  }
}
