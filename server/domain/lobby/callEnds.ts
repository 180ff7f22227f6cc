import type { MatchId, MemberId, Millis } from '../../../shared/ids.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { EarlyLeavers } from './earlyLeavers.ts';
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
  readonly leavers: EarlyLeavers;
  /** Whether everybody goes home after their call. */
  closing(): boolean;
  /** They have been told. */
  cameOut(member: Member): void;
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
    const { floor, matchmaker, rules, closing, dismiss, cameOut } = this.#parts;
    const call = floor.get(matchId);
    if (why === 'storageFailed') matchmaker.unmake(call, now + rules.storagePauseMs);
    if (!call) return;
    const members = floor.release(call);
    if (closing()) members.forEach((member) => dismiss(member));
    else matchmaker.takeBack(members, now);
    members.forEach((member) => cameOut(member));
  }

  /** A member says that it is over. Nobody shall weigh a wait against blocking somebody. */
  endCall(
    member: Member,
    matchId: MatchId,
    reason: 'left' | 'failed' | 'blocked',
    now: Millis,
  ): void {
    const { floor, leavers } = this.#parts;
    const call = floor.callOf(member, matchId);
    if (!call) return;
    if (reason === 'left') leavers.note(member.id, call, now);
    const other = outcomeForTheOther(call);
    const outcomeOf = (id: MemberId): Outcome => (id === member.id ? YOU_LEFT : other);
    const failure = failureOf(call);
    this.#finish(call, reason === 'failed' ? () => failure : outcomeOf, now);
  }

  /** They were in this call and have left the lobby. */
  desert(id: MemberId, call: Call, now: Millis): void {
    this.#parts.leavers.note(id, call, now);
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
    const { matchmaker, outbox, leavers, rules, cameOut } = this.#parts;
    const notice = leavers.notice(member.id, now);
    if (outcome.requeued) matchmaker.enterAhead(member, now);
    else {
      member.seat = { phase: 'idle' };
      const backAt = now + rules.afterCallMs;
      // Who is not free by then is not waited for.
      if ((notice.notBeforeMs ?? 0) <= rules.afterCallMs) matchmaker.expectBack(member, backAt);
    }
    outbox.send(member, { type: 'ended', matchId, ...outcome, ...notice });
    cameOut(member);
  }

  #sendHome(member: Member, matchId: MatchId): void {
    const { outbox, dismiss } = this.#parts;
    outbox.send(member, { type: 'ended', matchId, reason: 'lobbyClosed', requeued: false });
    dismiss(member);
  }
}
