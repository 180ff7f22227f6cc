import type { MemberId, Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { RecentCount } from './recentCount.ts';
import type { ServerLimits } from './serverLimits.ts';

const MINUTE_MS: Millis = 60_000;

/** How often one device may ask for a ticket of one event, wherever it asks from. */
export class EntryLimit {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #entries = new Map<MemberId, RecentCount>();
  #lookedThroughAt: Millis;

  constructor({ clock, limits }: { clock: Clock; limits: ServerLimits }) {
    this.#clock = clock;
    this.#most = limits.entriesPerMinute;
    this.#lookedThroughAt = clock.now();
  }

  /** False when there have been too many within a minute. */
  allows(member: MemberId): boolean {
    const now = this.#clock.now();
    this.#forgetTheCalm(now);
    const entries =
      this.#entries.get(member) ?? new RecentCount({ most: this.#most, withinMs: MINUTE_MS });
    this.#entries.set(member, entries);
    return entries.add(now);
  }

  #forgetTheCalm(now: Millis): void {
    if (now - this.#lookedThroughAt < MINUTE_MS) return;
    this.#lookedThroughAt = now;
    for (const [member, entries] of this.#entries) {
      if (entries.isOver(now)) this.#entries.delete(member);
    }
  }
}
