import { assertNever } from '../../../shared/assertNever.ts';
import type { Millis } from '../../../shared/ids.ts';
import { CLOSE } from '../../../shared/protocol/closeCodes.ts';
import type { Presence } from '../../../shared/protocol/lobby.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import { beginCycle } from './beginCycle.ts';
import { CallEnds } from './callEnds.ts';
import { CallFloor } from './callFloor.ts';
import { takeCensus, type Census } from './census.ts';
import { earliest } from './earliest.ts';
import { EarlyLeavers } from './earlyLeavers.ts';
import { keepOffer } from './keepOffer.ts';
import type { LobbyCommand } from './lobbyCommand.ts';
import type { LobbyEffect } from './lobbyEffect.ts';
import type { LobbyParts } from './lobbyParts.ts';
import type { LobbyMint, LobbyRules } from './lobbyRules.ts';
import { Matchmaker } from './matchmaker.ts';
import type { Member, SocketId } from './member.ts';
import { Outbox } from './outbox.ts';
import type { PartnerSeals } from './partnerSeals.ts';
import { PresenceNews } from './presenceNews.ts';
import { recover, type LobbySnapshot } from './recovery.ts';
import { Roster } from './roster.ts';
import { seatReminder, seatView } from './seatView.ts';
import { ServerDesk } from './serverDesk.ts';
import { Usher } from './usher.ts';
import { WaitForecast } from './waitForecast.ts';

export interface LobbyCounts extends Presence {
  readonly inCall: number;
}

type SocketCommand = Extract<LobbyCommand, { socket: SocketId }>;
type BlockCommand = Extract<LobbyCommand, { type: 'block' }>;

/**
 * One lobby's whole truth. Single writer: only its runner calls `handle`, one command at a time, and
 * performs the effects in their order. Nothing here knows sockets, clocks or storage.
 */
export class Lobby {
  readonly #rules: LobbyRules;
  readonly #mint: LobbyMint;
  readonly #seals: PartnerSeals;
  readonly #met: MetPairs;
  readonly #roster = new Roster();
  readonly #outbox = new Outbox();
  readonly #desk: ServerDesk;
  readonly #floor: CallFloor;
  readonly #matchmaker: Matchmaker;
  readonly #ends: CallEnds;
  readonly #presence: PresenceNews;
  readonly #forecast: WaitForecast;
  readonly #usher: Usher;
  readonly #leavers = new EarlyLeavers();
  #title: string;
  #closing = false;

  constructor(parts: LobbyParts) {
    this.#rules = parts.rules;
    this.#mint = parts.mint;
    this.#seals = parts.seals;
    this.#met = parts.met;
    this.#title = parts.title;
    const { rules, mint, met, blocked, whoMeets, callMs, relay } = parts;
    const eventTerms = { callMs, minimumMs: parts.minimumMs ?? 0 };
    const shared = { roster: this.#roster, outbox: this.#outbox, leavers: this.#leavers };
    this.#desk = new ServerDesk(mint, rules);
    this.#floor = new CallFloor({ rules, mint, desk: this.#desk, ...shared });
    const isThere = (member: Member) => this.#usher.isThere(member);
    const arrivals = (now: Millis) => this.#forecast.arrivals(now);
    const trioPlace = parts.trios ?? null;
    const terms = { eventTerms, relay, isThere, blocked, whoMeets, arrivals, trioPlace };
    this.#matchmaker = new Matchmaker({
      rules,
      mint,
      met,
      ...terms,
      floor: this.#floor,
      ...shared,
    });
    this.#usher = new Usher(rules, { matchmaker: this.#matchmaker, ...shared });
    this.#ends = new CallEnds({
      rules,
      floor: this.#floor,
      matchmaker: this.#matchmaker,
      outbox: this.#outbox,
      leavers: this.#leavers,
      closing: () => this.#closing,
      cameOut: (member) => this.#presence.cameOut(member),
      dismiss: (member) => this.#dismiss(member),
    });
    this.#presence = new PresenceNews({ rules, ...shared });
    const matchmaker = this.#matchmaker;
    this.#forecast = new WaitForecast({
      rules,
      floor: this.#floor,
      met,
      blocked,
      matchmaker,
      ...shared,
    });
  }

  handle(command: LobbyCommand, now: Millis): LobbyEffect[] {
    this.#count(command);
    this.#passTime(now);
    if ('socket' in command) this.#obeySocket(command, now);
    else this.#obey(command, now);
    this.#matchmaker.settle(now);
    this.#usher.askAround(now);
    this.#forecast.update(now);
    this.#presence.tell(this.#presenceNow(), now);
    return this.#outbox.takeAll();
  }

  /** When something is next due; the runner then sends *tick*. */
  wakeAt(): Millis | null {
    const away = this.#roster.longestAway();
    return earliest(
      this.#presence.dueAt(),
      this.#forecast.dueAt(),
      this.#matchmaker.dueAt(),
      away && away.since + this.#rules.resumeGraceMs,
      this.#floor.dueAt(),
      this.#usher.dueAt(),
      this.#desk.dueAt(),
    );
  }

  counts(): LobbyCounts {
    return { ...this.#presenceNow(), inCall: this.#floor.size * 2 };
  }

  readonly takeCensus = (census: Census): void => takeCensus(this.#roster.all(), census);

  /** How many numbered messages came from there; who asks for that has the latest welcome. */
  heardFrom(socket: SocketId): number {
    const member = this.#roster.at(socket);
    if (!member) return 0;
    this.#roster.confirm(member);
    return member.heard;
  }

  /** After `handle` has thrown: what was decided before, and what can be taken over. */
  wreck(): { readonly effects: LobbyEffect[]; readonly snapshot: LobbySnapshot } {
    const [members, calls] = [this.#roster.all(), this.#floor.all()];
    const [line, { plan }] = [this.#matchmaker.inLine(), this.#usher];
    const leavers = this.#leavers.all();
    const snapshot = { members, calls, line, plan, leavers, closing: this.#closing };
    return { effects: this.#outbox.takeAll(), snapshot };
  }

  /** Before anything else, in a new lobby; `live` are the sockets that still stand. */
  adopt(snapshot: LobbySnapshot, live: ReadonlySet<SocketId>, now: Millis): LobbyEffect[] {
    if (snapshot.closing) this.#matchmaker.close();
    const [roster, floor, matchmaker] = [this.#roster, this.#floor, this.#matchmaker];
    this.#usher.takeOver(snapshot, now);
    const into = { roster, floor, matchmaker, outbox: this.#outbox, met: this.#met };
    recover(snapshot, live, into, now);
    this.#desk.follow(snapshot.members, now);
    if (snapshot.closing) this.#close();
    this.#matchmaker.settle(now);
    return this.#outbox.takeAll();
  }

  /** Whose command was skipped may believe that it was obeyed. */
  remind(socket: SocketId): LobbyEffect[] {
    const member = this.#roster.at(socket);
    const reminder = member && seatReminder(member);
    if (reminder) this.#outbox.send(member, reminder);
    return this.#outbox.takeAll();
  }

  #presenceNow(): Presence {
    return { here: this.#roster.size, waiting: this.#matchmaker.waiting };
  }

  // ---- commands -------------------------------------------------------------------------------

  #obey(command: Exclude<LobbyCommand, SocketCommand>, now: Millis): void {
    switch (command.type) {
      case 'tick':
        return;
      case 'close':
        return this.#close();
      case 'reopen':
        this.#closing = false;
        return this.#matchmaker.reopen();
      case 'relayChanged':
        return this.#changeRelay(command.available, now);
      case 'reschedule':
        return this.#usher.reschedule(command.plan, now);
      case 'changeEvent':
        return this.#changeEvent(command, now);
      case 'changeRules':
        return this.#matchmaker.changeRules(command.whoMeets, now);
      case 'pairRefused':
        return this.#ends.withdraw(command.matchId, now, 'met');
      case 'pairUnrecorded':
        return this.#ends.withdraw(command.matchId, now, 'storageFailed');
      default:
        return assertNever(command);
    }
  }

  #changeEvent(change: Extract<LobbyCommand, { type: 'changeEvent' }>, now: Millis): void {
    const [floor, matchmaker] = [this.#floor, this.#matchmaker];
    const [met, roster, outbox] = [this.#met, this.#roster, this.#outbox];
    const forecast = this.#forecast;
    this.#title = change.title;
    matchmaker.changeTerms(change);
    beginCycle(change.cycle, { met, floor, matchmaker, roster, outbox, forecast }, now);
  }

  /** First of all: also a command that breaks the lobby has been heard, and is not said again. */
  #count(command: LobbyCommand): void {
    if (!('socket' in command) || command.type === 'socketGone') return;
    const member = this.#roster.at(command.socket);
    if (!member) return;
    member.heard += 1;
    this.#roster.confirm(member);
  }

  #obeySocket(command: SocketCommand, now: Millis): void {
    if (command.type === 'join') return this.#join(command, now);
    if (command.type === 'resume') return this.#resume(command, now);
    const member = this.#roster.at(command.socket);
    if (member) this.#obeyMember(member, command, now);
  }

  #obeyMember(
    member: Member,
    command: Exclude<SocketCommand, { type: 'join' | 'resume' }>,
    now: Millis,
  ): void {
    switch (command.type) {
      case 'ready':
        if (!command.automatic) this.#usher.see(member, now);
        member.wishes = command.wishes ?? null;
        return this.#ready(member, now);
      case 'present':
        return this.#usher.see(member, now);
      case 'offerAhead':
        return keepOffer(member, command);
      case 'signal':
        return this.#floor.signal(member, command.matchId, command.signal);
      case 'notReady':
        return this.#usher.sendBack(member);
      case 'answerTrio':
        this.#usher.see(member, now);
        return this.#matchmaker.answerTrio(member, command.accepts, now);
      case 'mediaFlowing':
        return this.#floor.mediaFlowing(member, command.matchId, now);
      case 'mediaState':
        return this.#floor.mediaState(member, command.matchId, command.state);
      case 'wantMore':
        return this.#floor.wantMore(member, command.matchId, now);
      case 'endCall':
        return this.#ends.endCall(member, command.matchId, command.reason, now);
      case 'block':
        return this.#block(member, command, now);
      case 'leave':
        return this.#leave(member, CLOSE.left, now);
      case 'socketGone':
        if (command.forGood) return this.#leave(member, null, now);
        this.#roster.detach(member, now);
        this.#usher.stopAsking(member);
        return this.#floor.linkChanged(member);
      default:
        return assertNever(command);
    }
  }

  // ---- coming and going -----------------------------------------------------------------------

  #join(command: Extract<LobbyCommand, { type: 'join' }>, now: Millis): void {
    if (this.#closing) return this.#outbox.disconnect(command.socket, CLOSE.lobbyClosed);
    const before = this.#roster.get(command.member);
    const isFull = !before && this.#roster.size >= this.#rules.membersPerLobby;
    if (isFull) return this.#outbox.disconnect(command.socket, CLOSE.lobbyFull);
    if (before) this.#leave(before, CLOSE.replaced, now);
    const { member: id, name, socket } = command;
    const person = { id, name, seal: this.#seals.seal(id) };
    const member = this.#roster.seat(person, socket, this.#mint.resumeToken());
    this.#usher.see(member, now);
    this.#welcome(member, now);
  }

  #resume(command: Extract<LobbyCommand, { type: 'resume' }>, now: Millis): void {
    const member = this.#roster.withToken(command.resumeToken);
    if (!member) return this.#outbox.disconnect(command.socket, CLOSE.sessionUnknown);
    const { state, socket: from } = member.link;
    this.#outbox.push({ type: 'moveSeat', from, to: command.socket });
    if (state === 'online') this.#outbox.disconnect(from, CLOSE.replaced);
    const token = this.#mint.resumeToken();
    this.#roster.attach(member, command.socket, command.resumeToken, token);
    this.#welcome(member, now);
    this.#floor.linkChanged(member);
    if (member.seat.phase === 'waiting') this.#matchmaker.look(member, { told: true });
  }

  #welcome(member: Member, now: Millis): void {
    this.#forecast.forget(member);
    this.#outbox.send(member, {
      type: 'welcome',
      resumeToken: member.resumeToken,
      heard: member.heard,
      eventTitle: this.#title,
      presence: this.#presenceNow(),
      pairing: this.#usher.pairing(now),
      relayAvailable: this.#matchmaker.relayAvailable,
      seat: seatView(member, { floor: this.#floor, leavers: this.#leavers }, now),
    });
  }

  /** `closeCode` is null when the socket has closed already. */
  #leave(member: Member, closeCode: number | null, now: Millis): void {
    if (closeCode !== null && member.link.state === 'online') {
      this.#outbox.disconnect(member.link.socket, closeCode);
    }
    this.#giveUpSeat(member);
    if (member.seat.phase === 'inCall') this.#ends.desert(member.id, member.seat.call, now);
  }

  // ---- waiting and matching -------------------------------------------------------------------

  #ready(member: Member, now: Millis): void {
    if (member.seat.phase !== 'idle' || this.#closing) return;
    if (!this.#matchmaker.mayMeet(member)) return this.#outbox.send(member, { type: 'idle' });
    this.#matchmaker.enter(member, now);
    this.#matchmaker.look(member);
  }

  #changeRelay(available: boolean, now: Millis): void {
    this.#outbox.broadcast(this.#roster.sockets(), { type: 'relay', available });
    this.#matchmaker.changeRelay(available, now);
  }

  /** Before the call ends: its end may free both for whoever else waits. */
  #block(member: Member, { matchId, partnerSeal }: BlockCommand, now: Millis): void {
    const partner = this.#seals.open(partnerSeal);
    if (partner === null || partner === member.id) return;
    this.#matchmaker.block(member.id, partner);
    if (matchId !== undefined) this.#ends.endCall(member, matchId, 'blocked', now);
  }

  // ---- time and closing -----------------------------------------------------------------------

  #passTime(now: Millis): void {
    this.#ends.passTime(now);
    this.#forgetTheAbsent(now);
    this.#usher.passTime(now);
    this.#desk.passTime(this.#roster, [this.#matchmaker, this.#floor], now);
    this.#matchmaker.passTime(now);
  }

  #forgetTheAbsent(now: Millis): void {
    for (;;) {
      const away = this.#roster.longestAway();
      if (!away || away.since + this.#rules.resumeGraceMs > now) return;
      this.#leave(away.member, null, now);
    }
  }

  #close(): void {
    this.#closing = true;
    this.#matchmaker.close();
    for (const member of this.#roster.all()) {
      if (member.seat.phase !== 'inCall') this.#dismiss(member);
    }
  }

  #dismiss(member: Member): void {
    if (member.link.state === 'online') {
      this.#outbox.disconnect(member.link.socket, CLOSE.lobbyClosed);
    }
    this.#giveUpSeat(member);
  }

  #giveUpSeat(member: Member): void {
    this.#matchmaker.leave(member);
    this.#roster.remove(member);
    this.#usher.forget(member);
    this.#desk.forget(member.id);
    this.#outbox.push({ type: 'giveUpSeat', socket: member.link.socket });
  }
}
