import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { IceServer } from '../../../shared/protocol/iceServer.ts';
import type { LobbyMint, LobbyRules } from './lobbyRules.ts';
import type { Member } from './member.ts';
import type { Roster } from './roster.ts';

/** Whoever keeps what was issued to a member, and can put something fresher in its place. */
interface Keeper {
  /** Does nothing for a member who has nothing from here. */
  renew(member: Member, now: Millis): void;
}

/** Hands out ICE servers, and knows whose credentials must be replaced before they end. */
export class ServerDesk {
  readonly #mint: LobbyMint;
  readonly #renewMs: Millis;
  /** All are replaced equally late, so the earliest come first. */
  readonly #since = new Map<MemberId, Millis>();

  constructor(mint: LobbyMint, rules: LobbyRules) {
    this.#mint = mint;
    this.#renewMs = rules.iceServersRenewMs;
  }

  issue(member: MemberId, now: Millis): IceServer[] {
    this.#note(member, now);
    return [...this.#mint.iceServers(member)];
  }

  /** They have had servers of an earlier desk: since when, nobody knows any more. */
  follow(members: readonly Member[], now: Millis): void {
    for (const { id } of members) if (!this.#since.has(id)) this.#note(id, now);
  }

  dueAt(): Millis | null {
    for (const since of this.#since.values()) return since + this.#renewMs;
    return null;
  }

  /** Replaces what is due; who keeps nothing any more is forgotten. */
  passTime(roster: Roster, keepers: readonly Keeper[], now: Millis): void {
    for (const id of this.#takeDue(now)) {
      const member = roster.get(id);
      if (member) for (const keeper of keepers) keeper.renew(member, now);
    }
  }

  forget(member: MemberId): void {
    this.#since.delete(member);
  }

  #note(member: MemberId, now: Millis): void {
    this.#since.delete(member);
    this.#since.set(member, now);
  }

  #takeDue(now: Millis): readonly MemberId[] {
    const due: MemberId[] = [];
    for (const [member, since] of this.#since) {
      if (since + this.#renewMs > now) break;
      due.push(member);
    }
    for (const member of due) this.#since.delete(member);
    return due;
  }
}
