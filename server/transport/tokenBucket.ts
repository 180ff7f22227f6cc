import type { Millis } from '../../shared/ids.ts';

/** Lets a burst through, and then a steady rate. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perMs: number;
  #tokens: number;
  #filledAt: Millis;

  constructor(rate: { burst: number; perSecond: number }, now: Millis) {
    this.#burst = rate.burst;
    this.#perMs = rate.perSecond / 1_000;
    this.#tokens = rate.burst;
    this.#filledAt = now;
  }

  /** False when there have been too many. */
  take(now: Millis): boolean {
    const filled = this.#tokens + (now - this.#filledAt) * this.#perMs;
    this.#tokens = Math.min(this.#burst, filled);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
