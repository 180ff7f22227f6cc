import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';

/** Timers closer together than this are one timer's work. */
const SLICE_MS = 10;

interface Spread {
  /** Between one and the next … */
  readonly eachMs: Millis;
  /** … unless that takes longer than this in all. */
  readonly withinMs: Millis;
}

/** Does something to each, not to all in the same instant. Settles with the last one. */
export async function spreadOut<T>(
  all: readonly T[],
  { eachMs, withinMs }: Spread,
  clock: Clock,
  work: (one: T) => void,
): Promise<void> {
  const slices = Math.ceil(Math.min(withinMs, all.length * eachMs) / SLICE_MS);
  const each = Math.ceil(all.length / slices);
  for (let start = 0; start < all.length; start += each) {
    if (start > 0) await new Promise<void>((next) => clock.after(SLICE_MS, next));
    for (const one of all.slice(start, start + each)) work(one);
  }
}
