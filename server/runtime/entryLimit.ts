import type { MemberId, Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Tally } from '../ports/tally.ts';
import { RecentCount } from './recentCount.ts';
import type { ServerLimits } from './serverLimits.ts';

const MINUTE_MS: Millis = 60_000;

interface LimitParts {
  readonly clock: Clock;
  readonly limits: Pick<ServerLimits, 'entriesPerMinute'>;
  readonly tally: Tally;
}

/** How often one device may ask for a ticket of one event, wherever it asks from and whichever node. */
export class EntryLimit {
  readonly #clock: Clock;
  readonly #tally: Tally;
  readonly #most: number;
  readonly #entries = new Map<MemberId, RecentCount>();
  #lookedThroughAt: Millis;

  constructor({ clock, limits, tally }: LimitParts) {
    this.#clock = clock;
    this.#tally = tally;
    this.#most = limits.entriesPerMinute;
    this.#lookedThroughAt = clock.now();
  }

  /** False when there have been too many within a minute; this node counts for itself if need be. */
  async allows(member: MemberId): Promise<boolean> {
    if (!this.#allowsHere(member)) return false;
    const everywhere = await this.#tally.add(`entry ${member}`, MINUTE_MS);
    return everywhere === null || everywhere.count <= this.#most;
  }

  #allowsHere(member: MemberId): boolean {
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
