import type { MemberId, Millis } from '../../../shared/ids.ts';

/** A client's timer and its way here: so much later than expected somebody may still come. */
const LATE_MS = 500;

/** Whose call is over and who will by themselves look for the next partner, and when. */
export class ReturnWatch {
  /** Everybody takes the same pause, so the earliest is always in front. */
  readonly #backAt = new Map<MemberId, Millis>();

  expect(id: MemberId, at: Millis): void {
    this.#backAt.delete(id);
    this.#backAt.set(id, at);
  }

  cameBack(id: MemberId): void {
    this.#backAt.delete(id);
  }

  /** Those who should come from `now` to `latest`. */
  expectedBy(latest: Millis, now: Millis): readonly MemberId[] {
    const soon: MemberId[] = [];
    for (const [id, at] of this.#backAt) {
      if (at > latest) break;
      if (at + LATE_MS < now) this.#backAt.delete(id);
      else soon.push(id);
    }
    return soon;
  }

  /** Everybody who is expected, earliest first. */
  all(): Iterable<readonly [MemberId, Millis]> {
    return this.#backAt;
  }
}
