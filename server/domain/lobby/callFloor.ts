import { assertNever } from '../../../shared/assertNever.ts';
import type { MatchId, Millis } from '../../../shared/ids.ts';
import type { MediaState } from '../../../shared/protocol/fields.ts';
import type { BrokerSeat, EndReason, ServerMessage } from '../../../shared/protocol/lobby.ts';
import type { Signal } from '../../../shared/protocol/signal.ts';
import { callDueAt, matchFor, partnerSideOf, sideOf } from './call.ts';
import type { Call, CallSide, CallStage } from './call.ts';
import type { EventTerms } from './eventTerms.ts';
import { liveStage } from './liveStage.ts';
import type { LobbyMint, LobbyRules } from './lobbyRules.ts';
import type { MatchTerms } from './matchTerms.ts';
import type { Member } from './member.ts';
import { addTime, askForMore } from './moreTime.ts';
import type { Outbox } from './outbox.ts';
import type { ServerDesk } from './serverDesk.ts';
import type { Roster } from './roster.ts';

/** A call whose time has come; the lobby decides where its members go. */
export interface DueCall {
  readonly call: Call;
  readonly reason: Extract<EndReason, 'connectFailed' | 'timeUp'>;
}

interface FloorParts {
  readonly rules: LobbyRules;
  readonly mint: LobbyMint;
  readonly desk: ServerDesk;
  readonly roster: Roster;
  readonly outbox: Outbox;
}

/** What holds when a call is made. */
interface Occasion extends EventTerms {
  /** In which of the event's cycles the two meet. */
  readonly cycle: number;
}

/** The calls of a lobby: their stages, their clocks and what their two sides hear of each other. */
export class CallFloor {
  readonly #rules: LobbyRules;
  readonly #mint: LobbyMint;
  readonly #desk: ServerDesk;
  readonly #roster: Roster;
  readonly #outbox: Outbox;
  readonly #calls = new Map<MatchId, Call>();
  /** No call's next step is due before; null: look at them all. Thousands ask at every command. */
  #dueFrom: Millis | null = null;

  constructor({ rules, mint, desk, roster, outbox }: FloorParts) {
    this.#rules = rules;
    this.#mint = mint;
    this.#desk = desk;
    this.#roster = roster;
    this.#outbox = outbox;
  }

  get size(): number {
    return this.#calls.size;
  }

  get(matchId: MatchId): Call | undefined {
    return this.#calls.get(matchId);
  }

  all(): readonly Call[] {
    return [...this.#calls.values()];
  }

  /** Takes over a call that stands already. */
  restore(call: Call): void {
    this.#calls.set(call.id, call);
    this.#expect(call);
  }

  /** The call that `member` is in, if it is the one they speak of. */
  callOf(member: Member, matchId: MatchId): Call | null {
    const { seat } = member;
    return seat.phase === 'inCall' && seat.call.id === matchId ? seat.call : null;
  }

  /** Those of the call who are still in it. */
  membersOf(call: Call): readonly Member[] {
    return call.sides
      .map((side) => this.#roster.get(side.member))
      .filter((member) => member !== undefined)
      .filter(({ seat }) => seat.phase === 'inCall' && seat.call === call);
  }

  /** Durable pair first, broker second, then the two are told. */
  open(
    pair: readonly [Member, Member],
    terms: MatchTerms,
    { callMs, minimumMs, cycle }: Occasion,
    now: Millis,
  ): void {
    const [caller, callee] = pair;
    const call: Call = {
      id: this.#mint.matchId(),
      callMs,
      minimumMs,
      minimumUntil: now + minimumMs,
      ...this.#moreTime(callMs),
      terms,
      sides: [this.#side(caller, 'caller', now), this.#side(callee, 'callee', now)],
      stage: { phase: 'connecting', until: now + this.#rules.connectTimeoutMs, flowing: null },
    };
    this.#calls.set(call.id, call);
    this.#expect(call);
    const ids = [caller.id, callee.id] as const;
    this.#outbox.push({ type: 'recordPair', matchId: call.id, pair: ids, cycle });
    const [one, other] = call.sides;
    const peers = [one.broker, other.broker] as const;
    this.#outbox.push({ type: 'openBroker', matchId: call.id, peers });
    for (const member of pair) {
      member.seat = { phase: 'inCall', call };
      this.#outbox.send(member, { type: 'matched', match: matchFor(call, member.id) }, call.id);
    }
  }

  /** The call is over; its members' seats are for the caller of this to decide. */
  release(call: Call): readonly Member[] {
    this.#calls.delete(call.id);
    const peers = call.sides.map(({ broker }) => broker.peerId);
    this.#outbox.push({ type: 'closeBroker', peers });
    return this.membersOf(call);
  }

  mediaFlowing(member: Member, matchId: MatchId, now: Millis): void {
    const call = this.callOf(member, matchId);
    if (call?.stage.phase !== 'connecting' || call.stage.flowing === member.id) return;
    if (call.stage.flowing === null) {
      call.stage = { ...call.stage, flowing: member.id };
      return;
    }
    call.stage = liveStage(call.callMs, this.#rules.cueMs, now);
    this.#expect(call);
    call.minimumUntil = now + call.minimumMs;
    this.#sendBoth(call, { type: 'live', matchId, remainingMs: call.callMs });
  }

  /** One wish is nobody else's business: the other would feel pressed. */
  wantMore(member: Member, matchId: MatchId, now: Millis): void {
    const call = this.callOf(member, matchId);
    if (!call || !askForMore(call, member.id)) return;
    const remainingMs = addTime(call, this.#rules.cueMs, now);
    this.#expect(call);
    this.#sendBoth(call, { type: 'live', matchId, remainingMs, extended: true });
  }

  mediaState(member: Member, matchId: MatchId, state: MediaState): void {
    const call = this.callOf(member, matchId);
    if (!call) return;
    const side = sideOf(call, member.id);
    if (side.media && side.media.sequence >= state.sequence) return;
    side.media = state;
    this.#sendPartner(call, member, { type: 'partnerMedia', matchId, state });
  }

  /** Hands on what the partner's browser needs; a partner who is away misses it and asks again. */
  signal(member: Member, matchId: MatchId, signal: Signal): void {
    const call = this.callOf(member, matchId);
    if (call) this.#sendPartner(call, member, { type: 'signal', matchId, signal });
  }

  /** The member's line to the lobby broke or is back: their partner is told. */
  linkChanged(member: Member): void {
    if (member.seat.phase !== 'inCall') return;
    const { call } = member.seat;
    const up = member.link.state === 'online';
    this.#sendPartner(call, member, { type: 'partnerLink', matchId: call.id, up });
  }

  partnerUp(call: Call, member: Member): boolean {
    return this.#partnerOf(call, member)?.link.state === 'online';
  }

  /** Moves the calls on whose next step is due, and names those that are over. */
  passTime(now: Millis): readonly DueCall[] {
    if (this.#dueFrom !== null && now < this.#dueFrom) return [];
    this.#dueFrom = null;
    const over: DueCall[] = [];
    for (const call of this.#calls.values()) {
      const reason = callDueAt(call) <= now ? this.#advance(call, call.stage, now) : null;
      if (reason) over.push({ call, reason });
    }
    return over;
  }

  /** Or a little sooner, where the call that was next has ended meanwhile. */
  dueAt(): Millis | null {
    this.#dueFrom ??= this.#earliest();
    return this.#dueFrom === Infinity ? null : this.#dueFrom;
  }

  #earliest(): Millis {
    let earliest = Infinity;
    for (const call of this.#calls.values()) earliest = Math.min(earliest, callDueAt(call));
    return earliest;
  }

  #expect(call: Call): void {
    if (this.#dueFrom !== null) this.#dueFrom = Math.min(this.#dueFrom, callDueAt(call));
  }

  #advance(call: Call, stage: CallStage, now: Millis): DueCall['reason'] | null {
    switch (stage.phase) {
      case 'connecting':
        return 'connectFailed';
      case 'live':
        this.#advanceLive(call, stage, now);
        return null;
      case 'goodbye':
        return 'timeUp';
      default:
        return assertNever(stage);
    }
  }

  #advanceLive(call: Call, stage: Extract<CallStage, { phase: 'live' }>, now: Millis): void {
    if (stage.until <= now) {
      const remainingMs = this.#rules.goodbyeMs;
      call.stage = { phase: 'goodbye', until: now + remainingMs };
      return this.#sendBoth(call, { type: 'goodbye', matchId: call.id, remainingMs });
    }
    call.stage = { ...stage, cues: stage.cues.filter((cue) => cue > now) };
    this.#sendBoth(call, { type: 'live', matchId: call.id, remainingMs: stage.until - now });
  }

  #moreTime(callMs: Millis): Pick<Call, 'moreMs' | 'moreTimes'> {
    const { moreMsMax, moreTimesPerCall } = this.#rules;
    return { moreMs: Math.min(callMs, moreMsMax), moreTimes: moreTimesPerCall };
  }

  #side(member: Member, role: CallSide['role'], now: Millis): CallSide {
    const broker = member.seat.phase === 'waiting' ? member.seat.broker : this.#place();
    return {
      member: member.id,
      name: member.name,
      role,
      seal: member.seal,
      broker: { ...broker, iceServers: this.#desk.issue(member.id, now) },
      media: null,
      wantsMore: false,
    };
  }

  newSeat(member: Member, now: Millis): BrokerSeat {
    return { ...this.#place(), iceServers: this.#desk.issue(member.id, now) };
  }

  /** The credentials of whoever is in a call end: fresh ones are for its next repair. */
  renew(member: Member, now: Millis): void {
    if (member.seat.phase !== 'inCall') return;
    const { call } = member.seat;
    const side = sideOf(call, member.id);
    const iceServers = this.#desk.issue(member.id, now);
    side.broker = { ...side.broker, iceServers };
    this.#outbox.send(member, { type: 'iceServers', matchId: call.id, iceServers });
  }

  #place(): Omit<BrokerSeat, 'iceServers'> {
    return { peerId: this.#mint.peerId(), brokerToken: this.#mint.brokerToken() };
  }

  #partnerOf(call: Call, member: Member): Member | undefined {
    return this.#roster.get(partnerSideOf(call, member.id).member);
  }

  #sendPartner(call: Call, member: Member, message: ServerMessage): void {
    const partner = this.#partnerOf(call, member);
    if (partner) this.#outbox.send(partner, message);
  }

  #sendBoth(call: Call, message: ServerMessage): void {
    for (const member of this.membersOf(call)) this.#outbox.send(member, message);
  }
}
