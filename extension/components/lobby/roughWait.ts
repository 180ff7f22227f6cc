import type { Millis } from '../../../shared/ids.ts';

export interface RoughWait {
  readonly unit: 'seconds' | 'minutes';
  readonly count: number;
}

const STEP_MS = 10_000;
const MINUTE_MS = 60_000;

/**
 * A wait in the steps in which people think of it: tens of seconds, from a minute and a half on
 * minutes; never rounded down. Null when it is over: what should have come may come any moment.
 */
export function roughWait(duration: Millis): RoughWait | null {
  if (duration <= 0) return null;
  if (duration > 1.5 * MINUTE_MS) {
    return { unit: 'minutes', count: Math.ceil(duration / MINUTE_MS) };
  }
  return { unit: 'seconds', count: Math.ceil(duration / STEP_MS) * 10 };
}
