import type { Millis } from '../../shared/ids.ts';

/** Notices when something happens too often. */
export class RecentCount {
  readonly #most: number;
  readonly #withinMs: Millis;
  #times: readonly Millis[] = [];

  constructor(rules: { most: number; withinMs: Millis }) {
    this.#most = rules.most;
    this.#withinMs = rules.withinMs;
  }

  /** False when this is one too many; it does not count then. */
  add(now: Millis): boolean {
    this.#times = this.#times.filter((at) => at > now - this.#withinMs);
    if (this.#times.length >= this.#most) return false;
    // `concat` takes no room for more to come: there is one of these for each who entered.
    this.#times = this.#times.concat(now);
    return true;
  }

  /** Whether there is nothing to remember. */
  isOver(now: Millis): boolean {
    return this.#times.every((at) => at <= now - this.#withinMs);
  }
}
