import type { Millis } from '../../shared/ids.ts';

/** Notices when something breaks again and again. */
export class CrashCount {
  readonly #most: number;
  readonly #withinMs: Millis;
  #crashes: Millis[] = [];

  constructor(rules: { most: number; withinMs: Millis }) {
    this.#most = rules.most;
    this.#withinMs = rules.withinMs;
  }

  /** False when this was one too many. */
  add(now: Millis): boolean {
    this.#crashes = [...this.#crashes.filter((at) => at > now - this.#withinMs), now];
    return this.#crashes.length <= this.#most;
  }
}
