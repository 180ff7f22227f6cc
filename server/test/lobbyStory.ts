import type { MatchId, MemberId, Millis, PeerId } from '../../shared/ids.ts';
import type { ClientMessage, Match, ServerMessage } from '../../shared/protocol/lobby.ts';
import { Lobby } from '../domain/lobby/lobby.ts';
import type { RelayPolicy } from '../../shared/relayRule.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { LobbyRules } from '../domain/lobby/lobbyRules.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import type { TrioPlace } from '../domain/lobby/trioPlace.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { lobbyParts } from './lobbyParts.ts';

type MessageOf<T extends ServerMessage['type']> = Extract<ServerMessage, { type: T }>;
type Said = Exclude<ClientMessage, { type: 'hello' | 'resume' | 'ping' }>;

const CALL_MS: Millis = 120_000;

/** The pure lobby with its clock in the test's hand, and people called by their names. */
export class LobbyStory {
  now: Millis = 0;
  readonly lobby: Lobby;
  readonly pairs: string[] = [];
  /** Those who were in a call when a cycle began, and the cycle. */
  readonly carried: string[] = [];
  readonly blocked: string[] = [];
  /** The matches whose two reach each other at the broker. */
  readonly brokers: string[] = [];
  /** Everybody's places at the broker. */
  readonly seats = new Set<PeerId>();
  readonly #matchAt = new Map<PeerId, MatchId>();
  readonly #people = new Map<string, { socket: SocketId; inbox: ServerMessage[] }>();
  readonly #nameAt = new Map<SocketId, string>();
  readonly #closed = new Map<SocketId, number>();
  #lastSocket = 0;
  #minted = 0;

  constructor(
    parts: {
      rules?: Partial<LobbyRules>;
      callMs?: Millis;
      minimumMs?: Millis;
      relay?: RelayPolicy;
      trios?: TrioPlace;
    } = {},
  ) {
    const mint = (kind: string) => `${kind}${String(++this.#minted).padStart(20, '0')}`;
    const { rules, ...changes } = parts;
    this.lobby = new Lobby(
      lobbyParts({
        rules: { ...SERVER_LIMITS, ...rules },
        mint: {
          matchId: () => mint('match') as MatchId,
          peerId: () => mint('peer') as PeerId,
          brokerToken: () => mint('token'),
          resumeToken: () => mint('resume'),
          iceServers: (member) => [{ urls: [`turn:${member}.${++this.#minted}`] }],
          chance: () => 0,
        },
        callMs: CALL_MS,
        ...changes,
      }),
    );
  }

  join(...names: string[]): void {
    for (const name of names) {
      const socket = this.#connect(name);
      this.handle({ type: 'join', socket, member: name as MemberId, name });
    }
  }

  joinReady(...names: string[]): void {
    for (const name of names) {
      this.join(name);
      this.say(name, { type: 'ready' });
    }
  }

  say(name: string, message: Said): void {
    this.handle({ ...message, socket: this.socketOf(name) });
  }

  /** Never again the partner of that match, which need not be the latest. */
  block(name: string, { matchId, partnerSeal }: Match = this.matchOf(name)): void {
    this.say(name, { type: 'block', matchId, partnerSeal });
  }

  drop(name: string): void {
    this.handle({ type: 'socketGone', socket: this.socketOf(name), forGood: false });
  }

  quit(name: string): void {
    this.handle({ type: 'socketGone', socket: this.socketOf(name), forGood: true });
  }

  resume(name: string, resumeToken = this.last(name, 'welcome').resumeToken): void {
    const { inbox } = this.#person(name);
    const socket = this.#connect(name);
    this.#person(name).inbox.push(...inbox);
    this.handle({ type: 'resume', socket, resumeToken });
  }

  /** Both of a current match report media. */
  startTalking(one: string, other: string): MatchId {
    const { matchId } = this.matchOf(one);
    this.say(one, { type: 'mediaFlowing', matchId });
    this.say(other, { type: 'mediaFlowing', matchId });
    return matchId;
  }

  changeEvent(changes: Partial<Extract<LobbyCommand, { type: 'changeEvent' }>>): void {
    const terms = { callMs: CALL_MS, minimumMs: 0, relayOnly: false };
    this.handle({ type: 'changeEvent', title: 'A talk', cycle: 1, ...terms, ...changes });
  }

  /** Lets time pass, waking the lobby whenever it asked to be woken. */
  pass(duration: Millis): void {
    const end = this.now + duration;
    for (let at = this.lobby.wakeAt(); at !== null && at <= end; at = this.lobby.wakeAt()) {
      this.now = Math.max(this.now, at);
      this.handle({ type: 'tick' });
    }
    this.now = end;
  }

  handle(command: Parameters<Lobby['handle']>[0]): void {
    for (const effect of this.lobby.handle(command, this.now)) this.#perform(effect);
  }

  socketOf(name: string): SocketId {
    return this.#person(name).socket;
  }

  /** All that this person was sent, presence left out. */
  heard(name: string): ServerMessage['type'][] {
    const types = this.#person(name).inbox.map((message) => message.type);
    return types.filter((type) => type !== 'presence');
  }

  messages<T extends ServerMessage['type']>(name: string, type: T): MessageOf<T>[] {
    const { inbox } = this.#person(name);
    return inbox.filter((message): message is MessageOf<T> => message.type === type);
  }

  last<T extends ServerMessage['type']>(name: string, type: T): MessageOf<T> {
    const message = this.messages(name, type).at(-1);
    if (!message) throw new Error(`${name} never heard ${type}: ${this.heard(name).join(', ')}`);
    return message;
  }

  matchOf(name: string): Match {
    return this.last(name, 'matched').match;
  }

  /** The code the current socket was closed with, or null. */
  closedWith(name: string): number | null {
    return this.#closed.get(this.socketOf(name)) ?? null;
  }

  codeOf(socket: SocketId): number | null {
    return this.#closed.get(socket) ?? null;
  }

  #connect(name: string): SocketId {
    const socket = ++this.#lastSocket as SocketId;
    this.#people.set(name, { socket, inbox: [] });
    this.#nameAt.set(socket, name);
    return socket;
  }

  #person(name: string) {
    const person = this.#people.get(name);
    if (!person) throw new Error(`Nobody is called ${name}.`);
    return person;
  }

  #perform(effect: LobbyEffect): void {
    if (effect.type === 'recordPair') this.pairs.push(effect.pair.toSorted().join(' & '));
    if (effect.type === 'carryPair')
      this.carried.push(`${effect.pair.toSorted().join(' & ')} in ${effect.cycle}`);
    if (effect.type === 'recordBlock') this.blocked.push(effect.pair.toSorted().join(' & '));
    if (effect.type === 'openBrokerSeat') this.seats.add(effect.seat.peerId);
    if (effect.type === 'openBroker') this.#openBroker(effect);
    if (effect.type === 'closeBroker') this.#closeBroker(effect.peers);
    if (effect.type === 'disconnect') this.#closed.set(effect.socket, effect.code);
    if (effect.type !== 'send') return;
    for (const socket of effect.sockets) this.#deliver(socket, effect.message);
  }

  #openBroker({ matchId, peers }: Extract<LobbyEffect, { type: 'openBroker' }>): void {
    this.brokers.push(matchId);
    for (const { peerId } of peers) {
      this.seats.add(peerId);
      this.#matchAt.set(peerId, matchId);
    }
  }

  #closeBroker(peers: readonly PeerId[]): void {
    for (const peerId of peers) {
      this.seats.delete(peerId);
      const at = this.brokers.indexOf(this.#matchAt.get(peerId) ?? '');
      if (at >= 0) this.brokers.splice(at, 1);
    }
  }

  #deliver(socket: SocketId, message: ServerMessage): void {
    const name = this.#nameAt.get(socket);
    const person = name === undefined ? undefined : this.#people.get(name);
    if (person?.socket === socket) person.inbox.push(message);
  }
}
