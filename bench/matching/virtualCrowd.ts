import { EncryptedSeals } from '../../server/runtime/encryptedSeals.ts';
import { randomMint } from '../../server/runtime/randomMint.ts';
import { SERVER_LIMITS } from '../../server/runtime/serverLimits.ts';
import { Lobby } from '../../server/domain/lobby/lobby.ts';
import type { LobbyCommand } from '../../server/domain/lobby/lobbyCommand.ts';
import type { LobbyEffect } from '../../server/domain/lobby/lobbyEffect.ts';
import type { LobbyRules } from '../../server/domain/lobby/lobbyRules.ts';
import type { SocketId } from '../../server/domain/lobby/member.ts';
import { MetPairs } from '../../server/domain/matching/metPairs.ts';
import { PairSet } from '../../server/domain/matching/pairSet.ts';
import { ANYBODY } from '../../shared/protocol/whoMeets.ts';
import type { MatchId, MemberId, Millis, PeerId } from '../../shared/ids.ts';
import { EventHeap } from './eventHeap.ts';

export interface VirtualPerson {
  readonly id: MemberId;
  readonly socket: SocketId;
  phase: 'idle' | 'waiting' | 'inCall';
}

export type Pair = readonly [MemberId, MemberId];

interface CrowdOptions {
  readonly people: number;
  readonly rules?: Partial<LobbyRules>;
  readonly chance: () => number;
}

const CALL_MS = 120_000;

/** The real lobby on a clock of its own, with people who do as `onMatched` and `onEnded` say. */
export class VirtualCrowd {
  now: Millis = 0;
  calls = 0;
  onMatched: (person: VirtualPerson, matchId: MatchId) => void = () => undefined;
  onExpected: (person: VirtualPerson, waitMs: Millis | null) => void = () => undefined;
  onEnded: (person: VirtualPerson) => void = () => undefined;
  /** After each command, with the pairs that it made. */
  onStep: (made: readonly Pair[]) => void = () => undefined;
  readonly met = new MetPairs();
  readonly people: readonly VirtualPerson[];
  readonly lobby: Lobby;
  readonly #events = new EventHeap();

  constructor({ people, rules, chance }: CrowdOptions) {
    this.people = Array.from({ length: people }, (_none, number) => ({
      id: `member${number}` as MemberId,
      socket: number as SocketId,
      phase: 'idle',
    }));
    const { id, token } = randomMint;
    this.lobby = new Lobby({
      rules: { ...SERVER_LIMITS, ...rules },
      mint: {
        matchId: () => id() as MatchId,
        peerId: () => id() as PeerId,
        brokerToken: token,
        resumeToken: token,
        iceServers: () => [],
        chance,
      },
      seals: new EncryptedSeals(token()),
      met: this.met,
      blocked: new PairSet(),
      whoMeets: ANYBODY,
      title: 'Measured',
      callMs: CALL_MS,
      relay: { available: false, required: false },
    });
    for (const { id: member, socket } of this.people) {
      this.say({ type: 'join', socket, member, name: member });
    }
  }

  /** Lets something happen at that time, or as soon as it has passed. */
  plan(at: Millis, act: () => void): void {
    this.#events.add(at, act);
  }

  ready({ socket, phase }: VirtualPerson): void {
    if (phase === 'idle') this.say({ type: 'ready', socket });
  }

  say(command: LobbyCommand): void {
    this.#perform(this.lobby.handle(command, this.now));
  }

  /** What the lobby's own work on a command costs, ms of CPU. */
  costOf(command: LobbyCommand): number {
    const before = process.cpuUsage();
    const effects = this.lobby.handle(command, this.now);
    const { user, system } = process.cpuUsage(before);
    this.#perform(effects);
    return (user + system) / 1_000;
  }

  #perform(effects: readonly LobbyEffect[]): void {
    const made: Pair[] = [];
    for (const effect of effects) {
      if (effect.type === 'recordPair') made.push(effect.pair);
      if (effect.type === 'send') this.#deliver(effect);
    }
    this.calls += made.length;
    this.onStep(made);
  }

  run(until: Millis): void {
    for (;;) {
      const wake = this.lobby.wakeAt() ?? Infinity;
      const at = Math.min(wake, this.#events.nextAt);
      if (at > until) break;
      this.now = Math.max(this.now, at);
      if (wake <= at) this.say({ type: 'tick' });
      else this.#events.take().act();
    }
    this.now = until;
  }

  #deliver({ sockets, message }: Extract<LobbyEffect, { type: 'send' }>): void {
    if (message.type === 'presence') return;
    const person = this.people[sockets[0]!]!;
    switch (message.type) {
      case 'matched':
        person.phase = 'inCall';
        return this.onMatched(person, message.match.matchId);
      case 'ended':
        person.phase = message.requeued ? 'waiting' : 'idle';
        return this.onEnded(person);
      case 'waiting':
      case 'idle':
        person.phase = message.type;
        return;
      case 'expectedWait':
        return this.onExpected(person, message.waitMs);
      // A tap on the panel: whoever sits here is here.
      case 'areYouThere':
        return this.plan(this.now, () => this.say({ type: 'present', socket: person.socket }));
      default:
        return;
    }
  }
}
