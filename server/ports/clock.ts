import type { Millis } from '../../shared/ids.ts';

export interface Clock {
  /** Milliseconds that only ever grow; nothing to do with the calendar. */
  now(): Millis;
  /** The calendar, for opening hours. */
  date(): Date;
  /** Calls back once, after `delay` at the earliest; the answer cancels it. */
  after(delay: Millis, callback: () => void): () => void;
}
