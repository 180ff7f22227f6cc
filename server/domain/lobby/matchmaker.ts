import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { RelayPolicy } from '../../../shared/relayRule.ts';
import {
  ANYBODY,
  Eligibility,
  hasInterests,
  sharedInterests,
  type EligibilityRules,
} from '../matching/eligibility.ts';
import { expectedWaits, type Arrival } from '../matching/expectedWaits.ts';
import { findPartner } from '../matching/findPartner.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import { pairCrowd } from '../matching/pairCrowd.ts';
import { PairSet } from '../matching/pairSet.ts';
import type { Call } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { LobbyMint, LobbyRules } from './lobbyRules.ts';
import { agreeOnTerms, mayMeet } from './matchTerms.ts';
import { isOwed, owe, type Member } from './member.ts';
import type { Outbox } from './outbox.ts';
import type { Roster } from './roster.ts';
import { SmallLobby } from './smallLobby.ts';
import { WaitingLine } from './waitingLine.ts';

interface MatchmakerParts {
  readonly rules: LobbyRules;
  readonly mint: LobbyMint;
  readonly met: MetPairs;
  readonly roster: Roster;
  readonly outbox: Outbox;
  readonly floor: CallFloor;
  readonly callMs: Millis;
  readonly relay: RelayPolicy;
  /** Who may have gone away from their machine is not introduced to anybody. */
  readonly isThere: (member: Member) => boolean;
}

/**
 * Who waits in a lobby, and who of them meets whom now. Whoever gets ready meets the longest waiting
 * they may meet, at once; people who become free together are paired together. A small lobby may
 * hold a pair for a moment, when somebody who is about to come back makes a better one.
 */
export class Matchmaker {
  readonly #parts: MatchmakerParts;
  readonly #line = new WaitingLine<Member>();
  /** Who has become free by this command, and whether they know that they wait. */
  readonly #fresh = new Map<Member, boolean>();
  readonly #blocked = new PairSet();
  readonly #eligibility: Eligibility;
  readonly #small: SmallLobby;
  #callMs: Millis;
  #relay: RelayPolicy;
  #open = true;
  #resting = false;
  #pausedUntil: Millis | null = null;

  constructor(parts: MatchmakerParts) {
    this.#parts = parts;
    this.#eligibility = new Eligibility(parts.met, this.#blocked, ANYBODY);
    this.#small = new SmallLobby({ ...parts, eligibility: this.#eligibility });
    this.#callMs = parts.callMs;
    this.#relay = parts.relay;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#line.length;
  }

  /** Nobody is matched at this moment, whoever comes. */
  get atRest(): boolean {
    return !this.#open || this.#resting || this.#pausedUntil !== null;
  }

  /** Longest waiting first, those who are away left out. */
  online(): readonly Member[] {
    return [...this.#line].filter(({ link }) => link.state === 'online');
  }

  /** Of those, the ones who can be introduced now. */
  present(): readonly Member[] {
    return this.online().filter(this.#parts.isThere);
  }

  readonly wouldMeet = (one: Member, other: Member): boolean =>
    this.#eligibility.mayMeet(one, other);

  /** When those who wait will probably be matched; empty while nobody is matched at all. */
  expectedMatches(arrivals: readonly Arrival<Member>[]): ReadonlyMap<Member, Millis> {
    if (this.atRest) return new Map();
    return expectedWaits(this.present(), arrivals, this.#eligibility.mayMeet);
  }

  /** Those who are in the pause after a call. */
  returning(): readonly Arrival<Member>[] {
    return this.#small.returning();
  }

  /** Holds for matches made from now on. */
  changeTerms({ callMs, relayOnly }: { callMs: Millis; relayOnly: boolean }): void {
    this.#callMs = callMs;
    this.#relay = { ...this.#relay, required: relayOnly };
  }

  get relayAvailable(): boolean {
    return this.#relay.available;
  }

  /** Without a relay nobody waits who meets nobody then; with one, all prepare for it. */
  changeRelay(available: boolean, now: Millis): void {
    this.#relay = { ...this.#relay, available };
    for (const member of [...this.#line]) {
      if (this.mayMeet(member)) this.renew(member, now);
      else this.turnAway(member);
    }
  }

  /** Credentials end while somebody waits: another seat, and the same place in the line. */
  renew(member: Member, now: Millis): void {
    const { seat } = member;
    if (seat.phase !== 'waiting') return;
    this.#parts.outbox.push({ type: 'closeBroker', peers: [seat.broker.peerId] });
    member.seat = { ...seat, broker: this.#parts.floor.newSeat(member, now), offer: null };
    this.#tellWaiting(member);
  }

  /** There can be no match for them: they know it at once instead of waiting. */
  turnAway(member: Member, reason?: 'noAnswer'): void {
    this.leave(member);
    member.seat = { phase: 'idle' };
    this.#parts.outbox.send(member, { type: 'idle', ...(reason && { reason }) });
  }

  changeRules(rules: EligibilityRules): void {
    this.#eligibility.rules = rules;
  }

  block([one, other]: readonly [MemberId, MemberId]): void {
    this.#blocked.add(one, other);
  }

  /** Their call is over, and by themselves they look for the next partner at that time. */
  expectBack(member: Member, at: Millis): void {
    this.#small.expectBack(member, at);
  }

  /** Nobody is matched while the lobby closes. */
  close(): void {
    this.#open = false;
  }

  reopen(): void {
    this.#open = true;
  }

  /** From now on people only gather, until `release`. */
  rest(): void {
    this.#resting = true;
  }

  /** All who have gathered are paired together; who comes later is paired on coming. */
  release(now: Millis): void {
    this.#resting = false;
    this.#pairEverybody(now);
  }

  dueAt(): Millis | null {
    return this.#pausedUntil ?? this.#small.heldUntil;
  }

  passTime(now: Millis): void {
    if (this.#pausedUntil !== null && this.#pausedUntil <= now) {
      this.#pausedUntil = null;
      this.#pairEverybody(now);
    }
    this.#endHold(now);
  }

  /** When it is over, or when nobody is expected any more. */
  #endHold(now: Millis): void {
    const { heldUntil } = this.#small;
    if (heldUntil === null) return;
    if (heldUntil <= now || this.#small.expected(now).length === 0) this.#pairEverybody(now);
  }

  /** Whether there can be a match at all for them. */
  mayMeet(member: Member): boolean {
    return mayMeet(member, this.#relay);
  }

  /** To the end of the line. */
  enter(member: Member, now: Millis): void {
    this.#seat(member, 0, now);
    this.#line.joinEnd(member);
  }

  /** Ahead of everybody who waits. */
  enterAhead(member: Member, now: Millis): void {
    this.#seat(member, 1, now);
    this.#line.joinHead(member);
  }

  /** The member's next seat is for the caller of this to decide. */
  leave(member: Member): void {
    this.#line.leave(member);
    if (member.seat.phase !== 'waiting') return;
    this.#parts.outbox.push({ type: 'closeBroker', peers: [member.seat.broker.peerId] });
  }

  /**
   * They are free from now on; `told` when they know already that they wait. Whom they meet is
   * decided by `settle`, together with all who become free by the same command.
   */
  look(member: Member, { told } = { told: false }): void {
    this.#fresh.set(member, told);
  }

  /** Who finds nobody now gets a seat at the broker, to prepare the call that comes. */
  settle(now: Millis): void {
    for (const [member] of this.#fresh) {
      if (this.#line.has(member) && !this.mayMeet(member)) this.turnAway(member);
    }
    const looking = [...this.#fresh].filter(([member]) => this.#line.has(member));
    this.#fresh.clear();
    const [first] = looking;
    if (first === undefined) return this.#endHold(now);
    if (looking.length === 1) this.#pair(first[0], now);
    else this.#pairEverybody(now);
    for (const [member, told] of looking) {
      if (!told && this.#line.has(member)) this.#tellWaiting(member);
    }
  }

  /** The storage failed: a call nobody was told of never was, and matching rests. */
  unmake(call: Call | undefined, pausedUntil: Millis): void {
    this.#pausedUntil = pausedUntil;
    this.#small.endHold();
    if (!call) return;
    const [one, other] = call.sides;
    this.#parts.met.remove(one.member, other.member);
  }

  /** Who waits, longest first. */
  inLine(): readonly MemberId[] {
    return [...this.#line].map(({ id }) => id);
  }

  /** Behind those already here, with the seat they have; all who come so are paired together. */
  restore(member: Member, now: Millis): void {
    this.#line.joinEnd(member);
    this.#pausedUntil ??= now;
  }

  /** Back at the head in their old order, as if there had been no match. */
  takeBack(members: readonly Member[], now: Millis): void {
    for (const member of members.toReversed()) this.enterAhead(member, now);
    for (const member of members) this.#tellWaiting(member);
    for (const member of members) this.look(member, { told: true });
  }

  /** Somebody has become free alone. */
  #pair(member: Member, now: Millis): void {
    if (this.atRest || !this.#isFree(member)) return;
    const expected = this.#small.expected(now);
    const present = expected.length > 0 ? this.present() : [];
    // Who was passed over once waits for nobody any more.
    const holdIsOver =
      expected.length === 0 ? this.#small.heldUntil !== null : present.some(isOwed);
    if (holdIsOver) return this.#pairEverybody(now);
    const partner =
      expected.length === 0
        ? this.#longestWaiting(member)
        : this.#small.partnerFor(member, present, expected, now);
    if (partner) this.#matchInOrder(member, partner, now);
  }

  #seat(member: Member, owed: number, now: Millis): void {
    const broker = this.#parts.floor.newSeat(member, now);
    member.seat = { phase: 'waiting', since: now, broker, offer: null, owed };
    this.#small.cameBack(member);
  }

  #tellWaiting(member: Member): void {
    if (member.seat.phase !== 'waiting') return;
    const { broker } = member.seat;
    this.#parts.outbox.push({ type: 'openBrokerSeat', seat: broker });
    this.#parts.outbox.send(member, { type: 'waiting', broker });
  }

  #longestWaiting(member: Member): Member | null {
    const { mayMeet } = this.#eligibility;
    const affinity = hasInterests(member) ? sharedInterests : null;
    return findPartner<Member>(member, this.#candidates(), { mayMeet, affinity });
  }

  *#candidates() {
    for (const person of this.#line) {
      if (!this.#isFree(person) || person.seat.phase !== 'waiting') continue;
      yield { person, since: person.seat.since };
    }
  }

  #isFree(member: Member): boolean {
    return member.link.state === 'online' && this.#parts.isThere(member);
  }

  #pairEverybody(now: Millis): void {
    this.#small.endHold();
    if (this.atRest) return;
    const { mint } = this.#parts;
    const people = this.present();
    const place = new Map(people.map((member, index) => [member, index]));
    const { pairs, leftOver } = pairCrowd<Member>(people, {
      mayMeet: this.#eligibility.mayMeet,
      affinity: people.some(hasInterests) ? sharedInterests : null,
      precedence: (member) => (isOwed(member) ? people.length - (place.get(member) ?? 0) : 0),
      chance: () => mint.chance(),
    });
    for (const [one, other] of pairs) this.#matchInOrder(one, other, now);
    if (pairs.length > 0) leftOver.forEach(owe);
  }

  #matchInOrder(one: Member, other: Member, now: Millis): void {
    if (this.#line.isAhead(one, other)) this.#match(one, other, now);
    else this.#match(other, one, now);
  }

  #match(caller: Member, callee: Member, now: Millis): void {
    this.#parts.met.add(caller.id, callee.id);
    this.#line.leave(caller);
    this.#line.leave(callee);
    const terms = agreeOnTerms(caller, callee, this.#relay);
    this.#parts.floor.open([caller, callee], terms, this.#callMs, now);
  }
}
