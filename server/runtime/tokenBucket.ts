import type { Millis } from '../../shared/ids.ts';

export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Lets a burst through, and then a steady rate. */
export class TokenBucket {
  /** One object for all buckets of a kind: there are two for each socket. */
  readonly #rate: Rate;
  #tokens: number;
  #filledAt: Millis;

  constructor(rate: Rate, now: Millis) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = now;
  }

  /** False when there have been too many; `amount` is one thing, or as many bytes. */
  take(now: Millis, amount = 1): boolean {
    const { burst, perSecond } = this.#rate;
    const filled = this.#tokens + ((now - this.#filledAt) * perSecond) / 1_000;
    this.#tokens = Math.min(burst, filled);
    this.#filledAt = now;
    if (this.#tokens < amount) return false;
    this.#tokens -= amount;
    return true;
  }

  /** Whole ones, as of the last time that something was taken. */
  get left(): number {
    return Math.floor(this.#tokens);
  }

  /** Until there is one more, counted from then. */
  get nextMs(): Millis {
    return ((1 - (this.#tokens % 1)) * 1_000) / this.#rate.perSecond;
  }
}

/** How long an empty bucket takes to be as full as a new one. */
export function fillMs({ burst, perSecond }: Rate): Millis {
  return (1_000 * burst) / perSecond;
}
