import type { MatchId, MemberId, Millis } from '../../../shared/ids.ts';
import type { Member } from './member.ts';

/** Until when whoever has left a call early may meet nobody, reckoned by what they did. */
export class FuzzRest {
  readonly #minimumMs: Millis;
  readonly #liveAt = new Map<MatchId, Millis>();
  readonly #until = new Map<MemberId, Millis>();

  constructor(minimumMs: Millis) {
    this.#minimumMs = minimumMs;
  }

  live(matchId: MatchId, now: Millis): void {
    if (!this.#liveAt.has(matchId)) this.#liveAt.set(matchId, now);
  }

  /** They are about to leave their call, if they are in one, or the lobby. */
  leaves({ id, seat }: Member, now: Millis): void {
    if (seat.phase !== 'inCall') return;
    const from = seat.call.stage.phase === 'connecting' ? now : this.#liveAt.get(seat.call.id);
    this.#until.set(id, Math.max(this.until(id), (from ?? now) + this.#minimumMs));
  }

  until(member: MemberId): Millis {
    return this.#until.get(member) ?? -Infinity;
  }
}
