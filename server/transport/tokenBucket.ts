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

  /** False when there have been too many; `amount` is one thing, or as many bytes. */
  take(now: Millis, amount = 1): boolean {
    const filled = this.#tokens + (now - this.#filledAt) * this.#perMs;
    this.#tokens = Math.min(this.#burst, filled);
    this.#filledAt = now;
    if (this.#tokens < amount) return false;
    this.#tokens -= amount;
    return true;
  }
}
