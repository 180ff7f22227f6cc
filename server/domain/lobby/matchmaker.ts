import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { WhoMeets } from '../../../shared/protocol/whoMeets.ts';
import type { Arrival } from '../matching/expectedWaits.ts';
import type { Call } from './call.ts';
import { earliest } from './earliest.ts';
import type { EarlyLeavers } from './earlyLeavers.ts';
import type { EventTerms } from './eventTerms.ts';
import type { Claim, Member } from './member.ts';
import type { Outbox } from './outbox.ts';
import { PairMaker, type PairMakerParts } from './pairMaker.ts';
import { TrioOffers } from './trioOffers.ts';
import type { TrioPlace } from './trioPlace.ts';
import { WaitingLine } from './waitingLine.ts';

interface MatchmakerParts extends Omit<PairMakerParts, 'line' | 'trios'> {
  readonly outbox: Outbox;
  readonly leavers: EarlyLeavers;
  /** Null where three cannot talk, or the event does not want it. */
  readonly trioPlace: TrioPlace | null;
  readonly arrivals: (now: Millis) => readonly Arrival<Member>[];
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
  readonly #pairs: PairMaker;
  readonly #trios: TrioOffers | null;
  #open = true;
  #resting = false;
  #pausedUntil: Millis | null = null;

  constructor(parts: MatchmakerParts) {
    this.#parts = parts;
    const trios = parts.trioPlace && this.#offersAt(parts.trioPlace);
    const isThere = trios
      ? (member: Member) => parts.isThere(member) && !trios.isAsked(member)
      : parts.isThere;
    this.#trios = trios;
    this.#pairs = new PairMaker({ ...parts, isThere, line: this.#line, trios });
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
    return this.#pairs.online();
  }

  /** Of those, the ones who can be introduced now. */
  present(): readonly Member[] {
    return this.#pairs.present();
  }

  readonly wouldMeet = (one: Member, other: Member): boolean => this.#pairs.wouldMeet(one, other);

  /** When those asked for will probably be matched; empty while nobody is matched at all. */
  expectedMatches(
    arrivals: readonly Arrival<Member>[],
    asked: readonly Member[],
  ): ReadonlyMap<Member, Millis> {
    return this.atRest ? new Map() : this.#pairs.expectedMatches(arrivals, asked);
  }

  /** Those who are in the pause after a call. */
  returning(): readonly Arrival<Member>[] {
    return this.#pairs.small.returning();
  }

  /** Holds for matches made from now on. */
  changeTerms({ callMs, minimumMs, relayOnly }: EventTerms & { relayOnly: boolean }): void {
    this.#pairs.eventTerms = { callMs, minimumMs };
    this.#pairs.relay = { ...this.#pairs.relay, required: relayOnly };
  }

  get relayAvailable(): boolean {
    return this.#pairs.relay.available;
  }

  /** Without a relay nobody waits who meets nobody then; with one, all prepare for it. */
  changeRelay(available: boolean, now: Millis): void {
    this.#pairs.relay = { ...this.#pairs.relay, available };
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
    this.#tellWaiting(member, now);
  }

  /** There can be no match for them: they know it at once instead of waiting. */
  turnAway(member: Member, reason?: 'noAnswer'): void {
    this.leave(member);
    member.seat = { phase: 'idle' };
    this.#parts.outbox.send(member, { type: 'idle', ...(reason && { reason }) });
  }

  /** Two who wait may have been kept apart by the old ones alone. */
  changeRules(whoMeets: WhoMeets, now: Millis): void {
    if (this.#pairs.changeRules(whoMeets)) this.lookAnew(now);
  }

  /** Whatever comes, these two are not matched; nothing tells who of them wanted that. */
  block(one: MemberId, other: MemberId): void {
    this.#pairs.block(one, other);
    this.#parts.outbox.push({ type: 'recordBlock', pair: [one, other] });
  }

  /** Their call is over, and by themselves they look for the next partner at that time. */
  expectBack(member: Member, at: Millis): void {
    this.#pairs.small.expectBack(member, at);
  }

  /** Nobody is matched while the lobby closes. */
  close(): void {
    this.#open = false;
    this.#pairs.small.endHold();
  }

  reopen(): void {
    this.#open = true;
  }

  /** From now on people only gather, until `release`. */
  rest(): void {
    this.#resting = true;
    this.#pairs.small.endHold();
  }

  /** All who have gathered are paired together; who comes later is paired on coming. */
  release(now: Millis): void {
    this.#resting = false;
    if (!this.atRest) this.#pairs.pairEverybody(now);
  }

  /** Who waits may meet somebody now whom they could not meet before. */
  lookAnew(now: Millis): void {
    if (!this.atRest) this.#pairs.pairEverybody(now);
  }

  dueAt(): Millis | null {
    return earliest(this.#pausedUntil ?? this.#pairs.small.heldUntil, this.#trios?.dueAt() ?? null);
  }

  passTime(now: Millis): void {
    const pauseIsOver = this.#pausedUntil !== null && this.#pausedUntil <= now;
    if (pauseIsOver) this.#pausedUntil = null;
    if (this.atRest) return;
    if (pauseIsOver) this.#pairs.pairEverybody(now);
    this.#pairs.endHold(now);
  }

  /** Whether there can be a match at all for them. */
  mayMeet(member: Member): boolean {
    return this.#pairs.mayMeet(member);
  }

  /** To the end of the line. */
  enter(member: Member, now: Millis): void {
    this.#seat(member, 'none', now);
    this.#line.joinEnd(member);
  }

  /** Ahead of everybody who waits. */
  enterAhead(member: Member, now: Millis): void {
    this.#seat(member, 'ahead', now);
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

  /** Nothing, to somebody who was not asked. */
  answerTrio(member: Member, accepts: boolean, now: Millis): void {
    this.#trios?.answer(member, accepts, now);
  }

  /** Who finds nobody now gets a seat at the broker, to prepare the call that comes. */
  settle(now: Millis): void {
    this.#trios?.review(this.atRest, now);
    for (const [member] of this.#fresh) {
      if (this.#line.has(member) && !this.mayMeet(member)) this.turnAway(member);
    }
    const looking = [...this.#fresh].filter(([member]) => this.#line.has(member));
    this.#fresh.clear();
    if (!this.atRest)
      this.#pair(
        looking.map(([member]) => member),
        now,
      );
    for (const [member, told] of looking) {
      if (!told && this.#line.has(member)) this.#tellWaiting(member, now);
    }
  }

  /** The storage failed: a call nobody was told of never was, and matching rests. */
  unmake(call: Call | undefined, pausedUntil: Millis): void {
    this.#pausedUntil = pausedUntil;
    this.#pairs.small.endHold();
    if (call) this.#pairs.unmake(call);
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
    for (const member of members.toReversed()) {
      this.enterAhead(member, now);
      // At once: whatever breaks after it, nobody waits without knowing.
      this.#tellWaiting(member, now);
    }
    for (const member of members) this.look(member, { told: true });
  }

  #offersAt(place: TrioPlace): TrioOffers {
    return new TrioOffers({
      ...this.#parts,
      place,
      line: this.#line,
      wouldMeet: this.wouldMeet,
      match: (one, other, now) => this.#pairs.matchInOrder(one, other, now),
      look: (member) => this.look(member, { told: true }),
      leave: (member) => this.leave(member),
    });
  }

  #pair(free: readonly Member[], now: Millis): void {
    const [first, second] = free;
    if (first === undefined) this.#pairs.endHold(now);
    else if (second === undefined) this.#pairs.pair(first, now);
    else this.#pairs.pairEverybody(now);
  }

  #seat(member: Member, claim: Claim, now: Millis): void {
    const broker = this.#parts.floor.newSeat(member, now);
    member.seat = { phase: 'waiting', since: now, broker, offer: null, claim };
    this.#pairs.small.cameBack(member);
  }

  #tellWaiting(member: Member, now: Millis): void {
    if (member.seat.phase !== 'waiting') return;
    const { outbox, leavers } = this.#parts;
    const { broker } = member.seat;
    outbox.push({ type: 'openBrokerSeat', seat: broker });
    outbox.send(member, { type: 'waiting', broker, ...leavers.notice(member.id, now) });
  }
}
