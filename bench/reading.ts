import type { Millis } from '../shared/ids.ts';

/** Something that was timed. */
export interface Reading {
  /** When it began, by `performance.now()`. */
  readonly at: Millis;
  readonly ms: Millis;
}
