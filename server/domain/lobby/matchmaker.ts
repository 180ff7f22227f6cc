import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { RelayPolicy } from '../../../shared/relayRule.ts';
import { findPartner } from '../matching/findPartner.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import { agreeOnTerms, mayMeet } from './matchTerms.ts';
import type { Member } from './member.ts';
import type { Outbox } from './outbox.ts';
import type { Roster } from './roster.ts';
import { WaitingLine } from './waitingLine.ts';

interface MatchmakerParts {
  readonly met: MetPairs;
  readonly roster: Roster;
  readonly outbox: Outbox;
  readonly floor: CallFloor;
  readonly callMs: Millis;
  readonly relay: RelayPolicy;
}

/** Who waits in a lobby, and who of them meets whom now. */
export class Matchmaker {
  readonly #met: MetPairs;
  readonly #roster: Roster;
  readonly #outbox: Outbox;
  readonly #floor: CallFloor;
  readonly #line = new WaitingLine();
  #callMs: Millis;
  #relay: RelayPolicy;
  #open = true;
  #pausedUntil: Millis | null = null;

  constructor({ met, roster, outbox, floor, callMs, relay }: MatchmakerParts) {
    this.#met = met;
    this.#roster = roster;
    this.#outbox = outbox;
    this.#floor = floor;
    this.#callMs = callMs;
    this.#relay = relay;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#line.length;
  }

  /** Holds for matches made from now on. */
  changeTerms({ callMs, relayOnly }: { callMs: Millis; relayOnly: boolean }): void {
    this.#callMs = callMs;
    this.#relay = { ...this.#relay, required: relayOnly };
  }

  /** Nobody is matched while the lobby closes. */
  close(): void {
    this.#open = false;
  }

  reopen(): void {
    this.#open = true;
  }

  dueAt(): Millis | null {
    return this.#pausedUntil;
  }

  passTime(now: Millis): void {
    if (this.#pausedUntil === null || this.#pausedUntil > now) return;
    this.#pausedUntil = null;
    this.#pairEverybody(now);
  }

  /** Whether there can be a match at all for them. */
  mayMeet(member: Member): boolean {
    return mayMeet(member, this.#relay);
  }

  /** To the end of the line. */
  enter(member: Member, now: Millis): void {
    member.seat = this.#waitingSeat(now);
    this.#line.joinEnd(member.id);
  }

  /** Ahead of everybody who waits. */
  enterAhead(member: Member, now: Millis): void {
    member.seat = this.#waitingSeat(now);
    this.#line.joinHead(member.id);
  }

  /** The member's next seat is for the caller of this to decide. */
  leave(member: Member): void {
    this.#line.leave(member.id);
    if (member.seat.phase !== 'waiting') return;
    this.#outbox.push({ type: 'closeBroker', peers: [member.seat.broker.peerId] });
  }

  /** Who finds nobody now gets a seat at the broker, to prepare the call that comes. */
  pairOrTell(member: Member, now: Millis): void {
    if (!this.pair(member, now)) this.#tellWaiting(member);
  }

  /** Finds the longest waiting partner for somebody who has just become free; false if there is none. */
  pair(member: Member, now: Millis): boolean {
    if (!this.#open || this.#pausedUntil !== null) return false;
    if (member.seat.phase !== 'waiting' || member.link.state === 'away') return false;
    const partnerId = findPartner(member.id, this.#present(), this.#met);
    const partner = partnerId === null ? undefined : this.#roster.get(partnerId);
    if (!partner) return false;
    if (this.#line.isAhead(member.id, partner.id)) this.#match(member, partner, now);
    else this.#match(partner, member, now);
    return true;
  }

  /** The storage failed: a call nobody was told of never was, and matching rests. */
  unmake(call: Call | undefined, pausedUntil: Millis): void {
    this.#pausedUntil = pausedUntil;
    if (!call) return;
    const [one, other] = call.sides;
    this.#met.remove(one.member, other.member);
  }

  /** Back at the head in their old order, as if there had been no match. */
  takeBack(members: readonly Member[], now: Millis): void {
    for (const member of members.toReversed()) this.enterAhead(member, now);
    for (const member of members) this.#tellWaiting(member);
    for (const member of members) this.pair(member, now);
  }

  #waitingSeat(now: Millis): Member['seat'] {
    return { phase: 'waiting', since: now, broker: this.#floor.newSeat(), offer: null };
  }

  #tellWaiting(member: Member): void {
    if (member.seat.phase !== 'waiting') return;
    const { broker } = member.seat;
    this.#outbox.push({ type: 'openBrokerSeat', seat: broker });
    this.#outbox.send(member, { type: 'waiting', broker });
  }

  #pairEverybody(now: Millis): void {
    for (const id of this.#line.inOrder()) {
      const member = this.#roster.get(id);
      if (member) this.pair(member, now);
    }
  }

  *#present(): Generator<MemberId> {
    for (const id of this.#line) {
      if (this.#roster.get(id)?.link.state === 'online') yield id;
    }
  }

  #match(caller: Member, callee: Member, now: Millis): void {
    this.#met.add(caller.id, callee.id);
    this.#line.leave(caller.id);
    this.#line.leave(callee.id);
    const terms = agreeOnTerms(caller, callee, this.#relay);
    this.#floor.open([caller, callee], terms, this.#callMs, now);
  }
}
