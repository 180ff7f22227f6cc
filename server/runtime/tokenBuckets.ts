import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { fillMs, TokenBucket, type Rate } from './tokenBucket.ts';

/** Who is told to come later than this is told to come then, and asks again. */
const BOOKED_AT_MOST_MS: Millis = 60_000;

export interface Taking {
  readonly taken: boolean;
  /** Whole ones. */
  readonly left: number;
  /** Until there is one more; for who got none, behind all who were told so before. */
  readonly nextMs: Millis;
}

interface Account {
  readonly bucket: TokenBucket;
  usedAt: Millis;
  /** For when the last one is due who was told to come later. */
  bookedUntil: Millis;
}

/** One bucket for each name, made when it is first asked for, and forgotten once it is full again. */
export class TokenBuckets {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #rate: Rate;
  /** Who took last stands last. */
  readonly #accounts = new Map<string, Account>();

  constructor(clock: Pick<Clock, 'now'>, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
  }

  take(name: string): Taking {
    const now = this.#clock.now();
    this.#forgetTheFull(now);
    const account = this.#accountOf(name, now);
    const { bucket } = account;
    const taken = bucket.take(now);
    return { taken, left: bucket.left, nextMs: taken ? bucket.nextMs : this.#book(account, now) };
  }

  #accountOf(name: string, now: Millis): Account {
    const bucket = new TokenBucket(this.#rate, now);
    const account = this.#accounts.get(name) ?? { bucket, usedAt: now, bookedUntil: now };
    account.usedAt = now;
    this.#accounts.delete(name);
    this.#accounts.set(name, account);
    return account;
  }

  /** Nobody is kept from coming earlier; but all who come when they were told find room. */
  #book(account: Account, now: Millis): Millis {
    const behindTheLast = account.bookedUntil + 1_000 / this.#rate.perSecond;
    const soonest = Math.max(now + account.bucket.nextMs, behindTheLast);
    account.bookedUntil = Math.min(soonest, now + BOOKED_AT_MOST_MS);
    return account.bookedUntil - now;
  }

  #forgetTheFull(now: Millis): void {
    for (const [name, { usedAt }] of this.#accounts) {
      if (now - usedAt < fillMs(this.#rate)) return;
      this.#accounts.delete(name);
    }
  }
}
