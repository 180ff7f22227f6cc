import type { MatchId, MemberId, Millis } from '../../../shared/ids.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { LobbyRules } from './lobbyRules.ts';
import type { Matchmaker } from './matchmaker.ts';
import type { Member } from './member.ts';
import {
  CONNECT_FAILED,
  failureOf,
  outcomeForTheOther,
  TIME_UP,
  YOU_LEFT,
  type Outcome,
} from './outcome.ts';
import type { Outbox } from './outbox.ts';

interface EndParts {
  readonly rules: LobbyRules;
  readonly floor: CallFloor;
  readonly matchmaker: Matchmaker;
  readonly outbox: Outbox;
  /** Whether everybody goes home after their call. */
  closing(): boolean;
  dismiss(member: Member): void;
}

/** How calls end, and where their members go from there. */
export class CallEnds {
  readonly #parts: EndParts;

  constructor(parts: EndParts) {
    this.#parts = parts;
  }

  /** Takes back a match that nobody has been told of. */
  withdraw(matchId: MatchId, now: Millis, why: 'met' | 'storageFailed'): void {
    const { floor, matchmaker, rules, closing, dismiss } = this.#parts;
    const call = floor.get(matchId);
    if (why === 'storageFailed') matchmaker.unmake(call, now + rules.storagePauseMs);
    if (!call) return;
    const members = floor.release(call);
    if (closing()) members.forEach((member) => dismiss(member));
    else matchmaker.takeBack(members, now);
  }

  /** A member says that it is over. */
  endCall(member: Member, matchId: MatchId, reason: 'left' | 'failed', now: Millis): void {
    const call = this.#parts.floor.callOf(member, matchId);
    if (!call) return;
    const other = outcomeForTheOther(call);
    const outcomeOf = (id: MemberId): Outcome => (id === member.id ? YOU_LEFT : other);
    const failure = failureOf(call);
    this.#finish(call, reason === 'failed' ? () => failure : outcomeOf, now);
  }

  /** Somebody who was in this call has left the lobby. */
  desert(call: Call, now: Millis): void {
    const outcome = outcomeForTheOther(call);
    this.#finish(call, () => outcome, now);
  }

  passTime(now: Millis): void {
    for (const { call, reason } of this.#parts.floor.passTime(now)) {
      this.#finish(call, () => (reason === 'timeUp' ? TIME_UP : CONNECT_FAILED), now);
    }
  }

  /** Ends a call for those of its members who are still here. */
  #finish(call: Call, outcomeOf: (id: MemberId) => Outcome, now: Millis): void {
    const { floor, matchmaker, closing } = this.#parts;
    const members = floor.release(call);
    for (const member of members.toReversed()) {
      if (closing()) this.#sendHome(member, call.id);
      else this.#seatAfterCall(member, call.id, outcomeOf(member.id), now);
    }
    for (const member of members) matchmaker.look(member);
  }

  #seatAfterCall(member: Member, matchId: MatchId, outcome: Outcome, now: Millis): void {
    const { matchmaker, outbox, rules } = this.#parts;
    if (outcome.requeued) matchmaker.enterAhead(member, now);
    else {
      member.seat = { phase: 'idle' };
      matchmaker.expectBack(member, now + rules.afterCallMs);
    }
    outbox.send(member, { type: 'ended', matchId, ...outcome });
  }

  #sendHome(member: Member, matchId: MatchId): void {
    const { outbox, dismiss } = this.#parts;
    outbox.send(member, { type: 'ended', matchId, reason: 'lobbyClosed', requeued: false });
    dismiss(member);
  }
}
