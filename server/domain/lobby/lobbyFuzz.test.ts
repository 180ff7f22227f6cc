import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MatchId, MemberId, PeerId } from '../../../shared/ids.ts';
import { MetPairs } from '../matching/metPairs.ts';
import { Lobby } from './lobby.ts';
import type { LobbyCommand } from './lobbyCommand.ts';
import type { LobbyEffect } from './lobbyEffect.ts';
import type { SocketId } from './member.ts';

const RULES = {
  connectTimeoutMs: 80,
  goodbyeMs: 50,
  moreMsMax: 100,
  moreTimesPerCall: 1,
  cueMs: [60, 20],
  resumeGraceMs: 100,
  presenceIntervalMs: 10,
  iceServersRenewMs: 200,
  storagePauseMs: 40,
  afterCallMs: 30,
  smallLobbySize: 20,
  smallLobbyHoldMs: 10,
};
const PEOPLE = ['ann', 'ben', 'cem', 'dag', 'eve'];

const who = fc.nat(PEOPLE.length - 1);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('join' as const), who }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('ready' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('notReady' as const), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('flowing' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('left' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('failed' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('drop' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resume' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('quit' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refused' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unrecorded' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reopen' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), who, ms: fc.nat(120) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Client {
  readonly socket: SocketId;
  readonly member: MemberId;
  online: boolean;
  resumeToken: string;
  /** What this client believes, from its messages alone. */
  phase: 'idle' | 'waiting' | 'inCall';
  matchId: MatchId | null;
}

/** Plays both the clients and the storage, and checks after every command what must always hold. */
class World {
  now = 0;
  #minted = 0;
  #lastSocket = 0;
  #lastWake = -1;
  closing = false;
  pausedUntil = -1;
  readonly clients = new Map<MemberId, Client>();
  readonly tried = new Map<MatchId, string>();
  readonly met = new Set<string>();
  /** The matches whose two reach each other, each with a peer of theirs. */
  readonly open = new Map<MatchId, PeerId>();
  /** At the broker; those of a match and of its members' waiting are the same. */
  readonly seats = new Set<PeerId>();
  /** Whose older socket stays when the newer one is refused. */
  readonly before = new Map<SocketId, Client>();
  readonly lobby = new Lobby({
    rules: RULES,
    mint: {
      matchId: () => this.#mint('match') as MatchId,
      peerId: () => this.#mint('peer') as PeerId,
      brokerToken: () => this.#mint('token'),
      iceServers: () => [],
      resumeToken: () => this.#mint('resume'),
      chance: () => 0,
    },
    met: new MetPairs(),
    title: 'Fuzz',
    callMs: 100,
    relay: { available: false, required: false },
  });

  play(one: Step): void {
    if (one.do === 'wait') return this.wait(one.ms);
    const member = PEOPLE[one.who]! as MemberId;
    const client = this.clients.get(member);
    const command = this.commandOf(one.do, member, client);
    if (command) this.handle(command);
  }

  wait(ms: number): void {
    const end = this.now + ms;
    for (let at = this.lobby.wakeAt(); at !== null && at <= end; at = this.lobby.wakeAt()) {
      expect(at).toBeGreaterThan(this.#lastWake);
      this.now = Math.max(at, this.now);
      this.#lastWake = at;
      this.handle({ type: 'tick' });
    }
    this.now = end;
  }

  commandOf(
    what: Exclude<Step['do'], 'wait'>,
    member: MemberId,
    client: Client | undefined,
  ): LobbyCommand | null {
    if (what === 'join') {
      const socket = this.#connect(member);
      if (client) this.before.set(socket, client);
      return { type: 'join', socket, member, name: member };
    }
    if (what === 'close' || what === 'reopen') {
      this.closing = what === 'close';
      return { type: what };
    }
    if (!client) return null;
    const { socket, matchId } = client;
    if (what === 'resume') {
      const { resumeToken } = client;
      return { type: 'resume', socket: this.#connect(member, client), resumeToken };
    }
    if (what === 'drop' || what === 'quit') {
      client.online = false;
      return { type: 'socketGone', socket, forGood: what === 'quit' };
    }
    if (what === 'ready' || what === 'notReady') return { type: what, socket };
    if (matchId === null) return null;
    if (what === 'flowing') return { type: 'mediaFlowing', socket, matchId };
    if (what === 'left' || what === 'failed') {
      return { type: 'endCall', socket, matchId, reason: what };
    }
    const pair = this.tried.get(matchId);
    if (what === 'unrecorded') {
      if (pair && this.open.has(matchId)) this.met.delete(pair);
      this.pausedUntil = this.now + RULES.storagePauseMs;
      return { type: 'pairUnrecorded', matchId };
    }
    return { type: 'pairRefused', matchId };
  }

  handle(command: LobbyCommand): void {
    for (const effect of this.lobby.handle(command, this.now)) this.perform(effect);
    this.check();
  }

  perform(effect: LobbyEffect): void {
    if (effect.type === 'recordPair') {
      const pair = effect.pair.toSorted().join(' ');
      expect(this.met.has(pair), `${pair} twice`).toBe(false);
      expect(this.closing).toBe(false);
      this.met.add(pair);
      this.tried.set(effect.matchId, pair);
    }
    if (effect.type === 'openBroker') {
      this.open.set(effect.matchId, effect.peers[0].peerId);
      for (const { peerId } of effect.peers) this.seats.add(peerId);
    }
    if (effect.type === 'openBrokerSeat') {
      expect(this.seats.has(effect.seat.peerId), 'a broker seat twice').toBe(false);
      this.seats.add(effect.seat.peerId);
    }
    if (effect.type === 'closeBroker') this.closeBroker(effect.peers);
    if (effect.type === 'disconnect') {
      const refused = [...this.clients.values()].find((each) => each.socket === effect.socket);
      const older = this.before.get(effect.socket);
      if (refused && older) this.clients.set(older.member, older);
      else if (refused) this.clients.delete(refused.member);
    }
    if (effect.type !== 'send') return;
    for (const socket of effect.sockets) {
      const client = [...this.clients.values()].find((each) => each.socket === socket);
      expect(client?.online, `a message to somebody who is not here`).toBe(true);
      if (client) this.believe(client, effect.message);
    }
  }

  closeBroker(peers: readonly PeerId[]): void {
    for (const peer of peers) this.seats.delete(peer);
    for (const [matchId, peer] of this.open) if (peers.includes(peer)) this.open.delete(matchId);
  }

  believe(client: Client, message: Extract<LobbyEffect, { type: 'send' }>['message']): void {
    switch (message.type) {
      case 'welcome':
        this.before.delete(client.socket);
        client.resumeToken = message.resumeToken;
        client.matchId = 'match' in message.seat ? message.seat.match.matchId : null;
        client.phase =
          message.seat.phase === 'idle' || message.seat.phase === 'waiting'
            ? message.seat.phase
            : 'inCall';
        return;
      case 'matched':
        expect(client.phase, 'matched while in a call').not.toBe('inCall');
        client.phase = 'inCall';
        client.matchId = message.match.matchId;
        return;
      case 'ended':
        expect(client.matchId).toBe(message.matchId);
        client.phase = message.requeued ? 'waiting' : 'idle';
        return;
      case 'waiting':
      case 'idle':
        client.phase = message.type;
        return;
      default:
        return;
    }
  }

  check(): void {
    const online = [...this.clients.values()].filter((client) => client.online);
    const free = online.filter(({ phase }) => phase === 'waiting').map(({ member }) => member);
    if (this.pausedUntil <= this.now) {
      for (const one of free) {
        for (const other of free) {
          const pair = [one, other].toSorted().join(' ');
          if (one !== other) expect(this.met.has(pair), `${pair} left waiting`).toBe(true);
        }
      }
    }
    const wake = this.lobby.wakeAt();
    if (wake !== null) expect(wake).toBeGreaterThan(this.now);
    const { here, waiting, inCall } = this.lobby.counts();
    expect(waiting + inCall).toBeLessThanOrEqual(here + inCall / 2);
    expect(this.seats.size, 'a broker seat for each who waits or talks').toBe(waiting + inCall);
  }

  #connect(member: MemberId, before?: Client): SocketId {
    const socket = ++this.#lastSocket as SocketId;
    const phase = before?.phase ?? 'idle';
    const resumeToken = before?.resumeToken ?? '';
    const matchId = before?.matchId ?? null;
    this.clients.set(member, { socket, member, online: true, resumeToken, phase, matchId });
    return socket;
  }

  #mint(kind: string): string {
    return `${kind}${String(++this.#minted).padStart(20, '0')}`;
  }
}

it('LB26: nobody is in two calls, no pair meets twice, nobody who could meet is left waiting', () => {
  const story = fc.array(step, { minLength: 20, maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(story, (steps) => {
      const world = new World();
      for (const one of steps) world.play(one);
      world.wait(2_000);
      expect(world.lobby.counts().inCall).toBe(0);
    }),
    { numRuns: 300 },
  );
});
