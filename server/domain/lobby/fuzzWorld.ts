import type { MatchId, MemberId, Millis, PeerId } from '../../../shared/ids.ts';
import { ANYBODY } from '../../../shared/protocol/whoMeets.ts';
import type { ServerMessage } from '../../../shared/protocol/lobby.ts';
import { MetPairs } from '../matching/metPairs.ts';
import { PairSet } from '../matching/pairSet.ts';
import { newClient, type FuzzClient } from './fuzzClient.ts';
import { FuzzPlans, type FuzzPlan } from './fuzzPlans.ts';
import { FuzzRest } from './fuzzRest.ts';
import { FuzzRules, keyOf } from './fuzzRules.ts';
import { FuzzTrios } from './fuzzTrios.ts';
import { Lobby } from './lobby.ts';
import type { LobbyCommand } from './lobbyCommand.ts';
import type { LobbyEffect } from './lobbyEffect.ts';
import type { LobbyRules } from './lobbyRules.ts';
import type { SocketId } from './member.ts';
import { plainSeals } from './plainSeals.ts';

const CALL_MS = 100;
const WILLING = 0.9;

/**
 * A lobby with its clients, its broker and its storage, all of them models that believe only what
 * they are told. After each command it is checked what must always hold; what does not is thrown.
 */
export class FuzzWorld {
  now: Millis = 0;
  closing = false;
  pausedUntil = -1;
  #cycle = 1;
  readonly #rest: FuzzRest;
  readonly clients = new Map<MemberId, FuzzClient>();
  readonly #bySocket = new Map<SocketId, FuzzClient>();
  readonly #rules: FuzzRules;
  readonly #parts: ConstructorParameters<typeof Lobby>[0];
  /** The storage's own memory, and each match's pair. */
  readonly #durable = new Set<string>();
  readonly #pairOf = new Map<MatchId, readonly [MemberId, MemberId]>();
  /** The matches whose two reach each other at the broker, each with one of their places. */
  readonly #open = new Map<MatchId, PeerId>();
  readonly #seats = new Set<PeerId>();
  readonly #plans: FuzzPlans;
  readonly #chance: () => number;
  readonly trios: FuzzTrios;
  #lobby: Lobby;
  #minted = 0;
  #lastSocket = 0;
  #lastWake = -1;

  constructor(rules: LobbyRules, minimumMs: Millis, withTrios: boolean, chance: () => number) {
    this.#chance = chance;
    this.trios = this.#placeForThree();
    this.#rest = new FuzzRest(minimumMs);
    this.#rules = new FuzzRules(rules);
    this.#plans = new FuzzPlans(rules, chance);
    this.#parts = {
      rules,
      mint: {
        matchId: () => this.#mint('match') as MatchId,
        peerId: () => this.#mint('peer') as PeerId,
        brokerToken: () => this.#mint('token'),
        resumeToken: () => this.#mint('resume'),
        iceServers: () => [],
        chance,
      },
      seals: plainSeals,
      met: new MetPairs(),
      blocked: new PairSet(),
      whoMeets: ANYBODY,
      title: 'Fuzz',
      callMs: CALL_MS,
      minimumMs,
      relay: { available: false, required: false },
      ...(withTrios && { trios: this.trios }),
    };
    this.#lobby = new Lobby(this.#parts);
  }

  get counts() {
    return this.#lobby.counts();
  }

  /** A fresh socket at which `member` asks for a seat; the older one says nothing any more. */
  join(member: MemberId): void {
    const socket = this.#nextSocket();
    const before = this.clients.get(member);
    if (this.closing) {
      // Refused, and the older seat stays.
      const refused = newClient(member, socket);
      this.#bySocket.set(socket, refused);
      return this.handle({ type: 'join', socket, member, name: member });
    }
    if (before) before.online = false;
    this.#leaves(member);
    const client = newClient(member, socket);
    this.clients.set(member, client);
    this.#bySocket.set(socket, client);
    this.handle({ type: 'join', socket, member, name: member });
  }

  resume(client: FuzzClient): void {
    const old = this.#bySocket.get(client.socket);
    if (old) this.#bySocket.delete(client.socket);
    client.socket = this.#nextSocket();
    client.online = true;
    this.#bySocket.set(client.socket, client);
    const { socket, resumeToken } = client;
    this.handle({ type: 'resume', socket, resumeToken });
  }

  drop(client: FuzzClient, forGood: boolean): void {
    client.online = false;
    if (forGood) this.clients.delete(client.member);
    if (forGood) this.#leaves(client.member);
    this.handle({ type: 'socketGone', socket: client.socket, forGood });
  }

  leaveCall({ member, socket }: FuzzClient, matchId: MatchId): void {
    this.#leaves(member);
    this.handle({ type: 'endCall', socket, matchId, reason: 'left' });
  }

  /** The owner lets those who have met meet again. */
  beginCycle(): void {
    const [cycle, callMs] = [this.#cycle + 1, CALL_MS];
    const { minimumMs = 0 } = this.#parts;
    this.#cycle = cycle;
    this.#rules.forget();
    this.handle({ type: 'changeEvent', title: 'Fuzz', callMs, minimumMs, relayOnly: false, cycle });
  }

  #leaves(id: MemberId): void {
    const member = this.#lobby.wreck().snapshot.members.find((one) => one.id === id);
    if (member) this.#rest.leaves(member, this.now);
  }

  /** The storage says late that a match's pair could not be kept. */
  unmake(matchId: MatchId, why: 'pairRefused' | 'pairUnrecorded'): void {
    const pair = this.#pairOf.get(matchId);
    if (why === 'pairUnrecorded') {
      if (pair && this.#open.has(matchId)) {
        this.#durable.delete(this.#cycleKeyOf(pair));
        this.#rules.unmet(pair);
      }
      this.pausedUntil = this.now + this.#parts.rules.storagePauseMs;
    }
    this.handle({ type: why, matchId });
  }

  block({ socket, member }: FuzzClient, matchId: MatchId): void {
    const pair = this.#pairOf.get(matchId);
    const partner = pair?.find((one) => one !== member) ?? member;
    this.handle({ type: 'block', socket, matchId, partnerSeal: plainSeals.seal(partner) });
    holds(pair !== undefined && this.#rules.isBlocked(pair), `a block of ${matchId} is not heard`);
  }

  /** The lobby breaks, and another takes over what it had; sockets stay. */
  crash(): void {
    const { snapshot } = this.#lobby.wreck();
    this.trios.forget();
    this.#lobby = new Lobby(this.#parts);
    const live = new Set([...this.clients.values()].filter(isOnline).map(({ socket }) => socket));
    this.#follow(() => [
      ...this.#lobby.adopt(snapshot, live, this.now),
      ...this.#lobby.handle({ type: 'tick' }, this.now),
    ]);
  }

  wait(duration: Millis): void {
    const end = this.now + duration;
    for (;;) {
      const wake = this.#lobby.wakeAt() ?? Infinity;
      const plan = this.#plans.next();
      if (Math.min(wake, plan?.at ?? Infinity) > end) break;
      if (plan && plan.at < wake) this.#actOn(plan);
      else this.#wakeUp(wake);
    }
    this.now = end;
  }

  #wakeUp(at: Millis): void {
    holds(at > this.#lastWake, `wakes at ${at} after ${this.#lastWake}`);
    this.now = Math.max(at, this.now);
    this.#lastWake = at;
    this.handle({ type: 'tick' });
  }

  /** What a client does without its person; one whose socket broke does nothing. */
  #actOn({ at, client, act }: FuzzPlan): void {
    this.now = Math.max(at, this.now);
    this.#plans.drop(client);
    const { socket, matchId, online } = client;
    if (!online || this.clients.get(client.member) !== client) return;
    if (act === 'ready') this.handle({ type: 'ready', socket });
    else if (act === 'answer') this.#answer(client);
    else if (matchId !== null) this.handle({ type: 'mediaFlowing', socket, matchId });
  }

  handle(command: LobbyCommand): void {
    this.#follow(() => this.#lobby.handle(command, this.now));
    const wake = this.#lobby.wakeAt();
    holds(wake === null || wake > this.now, `the next wake-up, ${wake}, is not in the future`);
    const { waiting, inCall } = this.#lobby.counts();
    this.#checkSeats();
    this.trios.check(new Set(this.#lobby.wreck().snapshot.members));
    holds(this.#seats.size === waiting + inCall, 'a broker place for each who waits or talks');
    holds(this.#open.size * 2 === inCall, 'the broker knows the calls that there are');
  }

  /** What everybody who is here believes is what the lobby knows of them. */
  #checkSeats(): void {
    const seated = new Map(
      this.#lobby.wreck().snapshot.members.map((member) => [member.id, member]),
    );
    for (const { member, online, phase, socket } of this.clients.values()) {
      if (!online) continue;
      const there = seated.get(member);
      holds(there?.link.state === 'online' && there.link.socket === socket, `${member} is lost`);
      holds(there?.seat.phase === phase, `${member} believes ${phase}, not ${there?.seat.phase}`);
    }
  }

  #follow(act: () => LobbyEffect[]): void {
    const line = this.#lobby.wreck().snapshot.line;
    const effects = act();
    const matched = this.#perform(effects);
    const waiting = [...this.clients.values()].filter(
      ({ online, phase, member }) => online && phase === 'waiting' && this.#isFree(member),
    );
    this.#rules.check({
      now: this.now,
      line: line.filter(
        (member) => this.clients.get(member)?.online === true && this.#isFree(member),
      ),
      matched,
      waiting: waiting.map(({ member }) => member),
      atRest: this.closing || this.pausedUntil > this.now,
      here: this.#lobby.counts().here,
    });
  }

  #perform(effects: readonly LobbyEffect[]): readonly (readonly [MemberId, MemberId])[] {
    const matched: (readonly [MemberId, MemberId])[] = [];
    for (const effect of effects) {
      if (effect.type === 'recordPair') matched.push(effect.pair);
      this.#performOne(effect);
    }
    return matched;
  }

  #performOne(effect: LobbyEffect): void {
    if (effect.type === 'recordPair') this.#record(effect);
    if (effect.type === 'carryPair') this.#carry(effect);
    if (effect.type === 'recordBlock') this.#rules.block(effect.pair);
    if (effect.type === 'openBroker') {
      this.#open.set(effect.matchId, effect.peers[0].peerId);
      for (const { peerId } of effect.peers) this.#seats.add(peerId);
    }
    if (effect.type === 'openBrokerSeat') this.#seats.add(effect.seat.peerId);
    if (effect.type === 'closeBroker') this.#closeBroker(effect.peers);
    if (effect.type === 'disconnect') this.#disconnect(effect.socket);
    if (effect.type !== 'send') return;
    for (const socket of effect.sockets) {
      const client = this.#bySocket.get(socket);
      holds(client?.online === true, `${effect.message.type} to somebody who is not here`);
      if (client) this.#believe(client, effect.message);
    }
  }

  #isFree(member: MemberId): boolean {
    return this.#rest.until(member) <= this.now && !this.trios.isAsked(member);
  }

  #cycleKeyOf(pair: readonly [MemberId, MemberId]): string {
    return `${keyOf(pair)} in ${this.#cycle}`;
  }

  #carry({ matchId, pair, cycle }: Extract<LobbyEffect, { type: 'carryPair' }>): void {
    holds(cycle === this.#cycle, `${keyOf(pair)} are carried into ${cycle}`);
    holds(this.#open.has(matchId), `${keyOf(pair)} are carried over and do not talk`);
    this.#durable.add(this.#cycleKeyOf(pair));
    this.#rules.met(pair);
  }

  #record({ matchId, pair, cycle }: Extract<LobbyEffect, { type: 'recordPair' }>): void {
    holds(cycle === this.#cycle, `${keyOf(pair)} meet in ${cycle}`);
    holds(!this.#durable.has(this.#cycleKeyOf(pair)), `${keyOf(pair)} meet twice`);
    for (const id of pair) {
      this.trios.matched({ id });
      holds(this.#isFree(id), `${id} left early, and is matched`);
    }
    holds(!this.closing, 'a match while the lobby closes');
    for (const id of pair)
      holds(this.clients.get(id)?.online === true, `${id} is away, and matched`);
    for (const [other, [one, two]] of this.#pairOf) {
      const busy = this.#open.has(other) && (pair.includes(one) || pair.includes(two));
      holds(!busy, `somebody of ${keyOf(pair)} is in another call`);
    }
    this.#durable.add(this.#cycleKeyOf(pair));
    this.#pairOf.set(matchId, pair);
    this.#rules.met(pair);
  }

  #placeForThree(): FuzzTrios {
    const [rules, now, here] = [() => this.#rules, () => this.now, this.clients];
    return new FuzzTrios({
      get now() {
        return now();
      },
      mayMeet: (one, other) =>
        [one, other].every((id) => here.get(id)?.online) && rules().mayMeet([one, other]),
      asked: (member) => {
        const client = here.get(member);
        if (client) this.#plans.make(client, 'answer', this.now);
      },
      begun: (three) => this.#talkInThree(three),
    });
  }

  /** To whoever asked, and also when nobody did any more. */
  #answer({ member, socket }: FuzzClient): void {
    const accepts = this.#chance() < WILLING;
    const there = this.#lobby.wreck().snapshot.members.find(({ id }) => id === member);
    if (there && accepts) this.trios.accepts(there);
    this.handle({ type: 'answerTrio', socket, accepts });
  }

  #talkInThree(three: readonly MemberId[]): void {
    for (const [place, one] of three.entries()) {
      for (const other of three.slice(place + 1)) {
        this.#durable.add(this.#cycleKeyOf([one, other]));
        this.#rules.met([one, other]);
      }
      const client = this.clients.get(one);
      if (!client) continue;
      client.phase = 'idle';
      this.#plans.make(client, 'ready', this.now);
    }
  }

  #disconnect(socket: SocketId): void {
    const client = this.#bySocket.get(socket);
    this.#bySocket.delete(socket);
    if (client?.socket !== socket) return;
    client.online = false;
    if (this.clients.get(client.member) === client) this.clients.delete(client.member);
  }

  #closeBroker(peers: readonly PeerId[]): void {
    for (const peer of peers) this.#seats.delete(peer);
    for (const [matchId, peer] of this.#open) {
      if (peers.includes(peer)) this.#open.delete(matchId);
    }
  }

  #believe(client: FuzzClient, message: ServerMessage): void {
    switch (message.type) {
      case 'welcome': {
        const { seat } = message;
        client.resumeToken = message.resumeToken;
        client.matchId = 'match' in seat ? seat.match.matchId : null;
        client.phase = seat.phase === 'idle' || seat.phase === 'waiting' ? seat.phase : 'inCall';
        return;
      }
      case 'matched':
        holds(client.phase !== 'inCall', `${client.member} is matched while in a call`);
        client.phase = 'inCall';
        client.matchId = message.match.matchId;
        return this.#plans.make(client, 'flow', this.now);
      case 'ended':
        holds(client.matchId === message.matchId, 'the end of a call that is not theirs');
        client.phase = message.requeued ? 'waiting' : 'idle';
        if (!message.requeued) this.#plans.make(client, 'ready', this.now);
        return;
      case 'live':
        return this.#rest.live(message.matchId, this.now);
      case 'waiting':
      case 'idle':
        client.phase = message.type;
        return;
      default:
        return;
    }
  }

  #nextSocket(): SocketId {
    return ++this.#lastSocket as SocketId;
  }

  #mint(kind: string): string {
    return `${kind}${String(++this.#minted).padStart(20, '0')}`;
  }
}

function isOnline({ online }: FuzzClient): boolean {
  return online;
}

export function holds(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}
