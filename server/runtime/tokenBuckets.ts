import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { fillMs, TokenBucket, type Rate } from './tokenBucket.ts';

/** One bucket for each name, made when it is first asked for, and forgotten once it is full again. */
export class TokenBuckets {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #rate: Rate;
  /** Who took last stands last. */
  readonly #buckets = new Map<string, { readonly bucket: TokenBucket; readonly usedAt: Millis }>();

  constructor(clock: Pick<Clock, 'now'>, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** Takes one, and shows the bucket it came from. */
  take(name: string): { readonly taken: boolean; readonly bucket: TokenBucket } {
    const now = this.#clock.now();
    this.#forgetTheFull(now);
    const bucket = this.#buckets.get(name)?.bucket ?? new TokenBucket(this.#rate, now);
    this.#buckets.delete(name);
    this.#buckets.set(name, { bucket, usedAt: now });
    return { taken: bucket.take(now), bucket };
  }

  #forgetTheFull(now: Millis): void {
    for (const [name, { usedAt }] of this.#buckets) {
      if (now - usedAt < fillMs(this.#rate)) return;
      this.#buckets.delete(name);
    }
  }
}
