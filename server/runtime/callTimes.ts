import { assertNever } from '../../shared/assertNever.ts';
import type { MatchId, Millis, PeerId } from '../../shared/ids.ts';
import { hasRelay } from '../../shared/protocol/iceServer.ts';
import type { EndReason, Match, ServerMessage } from '../../shared/protocol/lobby.ts';
import type { LobbyCommand } from '../domain/lobby/lobbyCommand.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallEnd, CallPath, Telemetry } from '../ports/telemetry.ts';

interface Running {
  readonly matchedAt: Millis;
  relayOnly: boolean;
  relayAvailable: boolean;
  path: CallPath;
  live: boolean;
  /** Sides that have reported media. */
  readonly flowing: Set<SocketId>;
}

/** Matches of which nobody has been told. */
type Unmade = { has(matchId: MatchId): boolean };
type MediaFlowing = Extract<LobbyCommand, { type: 'mediaFlowing' }>;
type Ended = Extract<ServerMessage, { type: 'ended' }>;

/**
 * Reads off one lobby's traffic how long people wait and how their calls go. It knows sockets and
 * matches, no people.
 */
export class CallTimes {
  readonly #clock: Clock;
  readonly #telemetry: Telemetry;
  readonly #waitingSince = new Map<SocketId, Millis>();
  readonly #running = new Map<MatchId, Running>();
  readonly #matchOf = new Map<PeerId, MatchId>();

  constructor(parts: { clock: Clock; telemetry: Telemetry }) {
    this.#clock = parts.clock;
    this.#telemetry = parts.telemetry;
  }

  /** Before the lobby obeys; what it ignores does little harm here. */
  heard(command: LobbyCommand): void {
    if (command.type === 'ready' && !this.#waitingSince.has(command.socket)) {
      this.#startWaiting(command.socket);
    }
    if (command.type === 'mediaFlowing') this.#mediaFlows(command);
  }

  /** These were performed, except what hung on the matches that came to nothing. */
  performed(effects: readonly LobbyEffect[], unmade: Unmade): void {
    const over = new Map<MatchId, CallEnd>();
    for (const effect of effects) {
      const needs = 'onceRecorded' in effect ? effect.onceRecorded : null;
      if (needs === null || !unmade.has(needs)) this.#performedOne(effect, unmade, over);
    }
    for (const [matchId, reason] of over) this.#ended(matchId, reason);
  }

  #performedOne(effect: LobbyEffect, unmade: Unmade, over: Map<MatchId, CallEnd>): void {
    switch (effect.type) {
      case 'openBroker':
        return unmade.has(effect.matchId) ? undefined : this.#matched(effect.matchId, effect.peers);
      case 'closeBroker':
        return effect.peers.forEach((peer) => this.#closed(peer, over));
      case 'send':
        return this.#told(effect.sockets[0], effect.message, over);
      case 'keep':
        return this.#told(effect.socket, effect.message, over);
      case 'moveSeat':
        return this.#moved(effect.from, effect.to);
      case 'giveUpSeat':
      case 'disconnect':
        return void this.#waitingSince.delete(effect.socket);
      case 'recordPair':
      case 'carryPair':
      case 'recordBlock':
      case 'openBrokerSeat':
        return;
      default:
        return assertNever(effect);
    }
  }

  #matched(matchId: MatchId, peers: readonly { readonly peerId: PeerId }[]): void {
    const matchedAt = this.#clock.now();
    this.#running.set(matchId, {
      matchedAt,
      relayOnly: false,
      relayAvailable: false,
      path: 'none',
      live: false,
      flowing: new Set(),
    });
    for (const { peerId } of peers) this.#matchOf.set(peerId, matchId);
  }

  #closed(peer: PeerId, over: Map<MatchId, CallEnd>): void {
    const matchId = this.#matchOf.get(peer);
    this.#matchOf.delete(peer);
    if (matchId !== undefined && !over.has(matchId)) over.set(matchId, 'abandoned');
  }

  /** What everybody is told at once says nothing about a call. */
  #told(socket: SocketId | undefined, message: ServerMessage, over: Map<MatchId, CallEnd>): void {
    if (socket === undefined) return;
    if (message.type === 'idle') this.#waitingSince.delete(socket);
    if (message.type === 'ended') this.#toldOfEnd(socket, message, over);
    if (message.type === 'live') this.#goesLive(message.matchId);
    if (message.type === 'matched') this.#toldOfMatch(socket, message.match);
  }

  #moved(from: SocketId, to: SocketId): void {
    const since = this.#waitingSince.get(from);
    this.#waitingSince.delete(from);
    if (since !== undefined) this.#waitingSince.set(to, since);
  }

  #toldOfMatch(socket: SocketId, { matchId, relayOnly, iceServers }: Match): void {
    this.#stopWaiting(socket);
    const running = this.#running.get(matchId);
    if (!running) return;
    running.relayOnly = relayOnly;
    running.relayAvailable ||= hasRelay(iceServers);
  }

  #toldOfEnd(socket: SocketId, { matchId, reason, requeued }: Ended, over: Map<MatchId, CallEnd>) {
    if (over.has(matchId)) over.set(matchId, callEnd(reason));
    if (requeued) this.#startWaiting(socket);
    else this.#waitingSince.delete(socket);
  }

  #ended(matchId: MatchId, reason: CallEnd): void {
    const running = this.#running.get(matchId);
    this.#running.delete(matchId);
    if (!running) return;
    const { relayOnly, relayAvailable, path } = running;
    this.#telemetry.note({ type: 'callEnded', reason, relayOnly, relayAvailable, path });
  }

  #startWaiting(socket: SocketId): void {
    this.#waitingSince.set(socket, this.#clock.now());
  }

  #stopWaiting(socket: SocketId): void {
    const since = this.#waitingSince.get(socket);
    this.#waitingSince.delete(socket);
    if (since !== undefined) {
      this.#telemetry.note({ type: 'waited', ms: this.#clock.now() - since });
    }
  }

  #mediaFlows({ socket, matchId, path }: MediaFlowing): void {
    const running = this.#running.get(matchId);
    if (!running || running.live || running.flowing.has(socket)) return;
    running.flowing.add(socket);
    // Of two that see it differently the one with a relay is right: it is on their own side.
    if (path !== undefined && running.path !== 'relay') running.path = path;
    this.#noteMedia('one', running);
  }

  /** Said again at the cues; the first time counts. */
  #goesLive(matchId: MatchId): void {
    const running = this.#running.get(matchId);
    if (!running || running.live) return;
    running.live = true;
    this.#noteMedia('both', running);
  }

  #noteMedia(sides: 'one' | 'both', { matchedAt, path }: Running): void {
    this.#telemetry.note({ type: 'mediaFlowed', sides, path, ms: this.#clock.now() - matchedAt });
  }
}

function callEnd(reason: EndReason): CallEnd {
  return reason === 'youLeft' || reason === 'partnerLeft' ? 'left' : reason;
}
