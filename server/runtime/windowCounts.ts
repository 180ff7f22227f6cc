import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Tallied } from '../ports/tally.ts';

/** Counts by name, each within a window of time that begins with the first. */
export class WindowCounts {
  readonly #clock: Clock;
  readonly #windowMs: Millis;
  /** The window that ends first stands first. */
  readonly #counts = new Map<string, { count: number; readonly until: Millis }>();

  constructor(clock: Clock, windowMs: Millis) {
    this.#clock = clock;
    this.#windowMs = windowMs;
  }

  add(name: string): Tallied {
    const now = this.#clock.now();
    this.#forgetPast(now);
    const counted = this.#counts.get(name) ?? { count: 0, until: now + this.#windowMs };
    counted.count += 1;
    this.#counts.set(name, counted);
    return { count: counted.count, remainingMs: counted.until - now };
  }

  #forgetPast(now: Millis): void {
    for (const [name, { until }] of this.#counts) {
      if (until > now) return;
      this.#counts.delete(name);
    }
  }
}
