import type { MatchId, Millis, PeerId } from '../../shared/ids.ts';
import type { ClientMessage, EndReason, Match, ServerMessage } from '../../shared/protocol/lobby.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { SocketId } from '../domain/lobby/member.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallEnd, Telemetry } from '../ports/telemetry.ts';

interface Running {
  readonly matchedAt: Millis;
  relayOnly: boolean;
  live: boolean;
  /** Sides that have reported media. */
  readonly flowing: Set<SocketId>;
}

type Ended = Extract<ServerMessage, { type: 'ended' }>;

/**
 * Reads off one lobby's traffic how long people wait and how their calls go. It knows sockets and
 * matches, no people; who resumes on another socket while waiting is not measured.
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

  /** A seated person said it. */
  said(socket: SocketId, message: ClientMessage): void {
    if (message.type === 'ready' && !this.#waitingSince.has(socket)) this.#startWaiting(socket);
    if (message.type === 'mediaFlowing') this.#mediaFlows(socket, message.matchId);
  }

  gone(socket: SocketId): void {
    this.#waitingSince.delete(socket);
  }

  /** These were performed, except what hung on the matches that came to nothing. */
  performed(effects: readonly LobbyEffect[], unmade: ReadonlyMap<MatchId, unknown>): void {
    const over = new Map<MatchId, CallEnd>();
    for (const effect of effects) {
      if (effect.type === 'openBroker') {
        if (!unmade.has(effect.matchId)) this.#matched(effect.matchId, effect.peers);
      } else if (effect.type === 'closeBroker') {
        for (const peer of effect.peers) this.#closed(peer, over);
      } else if (effect.type === 'send') {
        const needs = effect.onceRecorded;
        if (needs === null || !unmade.has(needs)) this.#sent(effect, over);
      }
    }
    for (const [matchId, reason] of over) this.#ended(matchId, reason);
  }

  #matched(matchId: MatchId, peers: readonly { readonly peerId: PeerId }[]): void {
    const matchedAt = this.#clock.now();
    this.#running.set(matchId, { matchedAt, relayOnly: false, live: false, flowing: new Set() });
    for (const { peerId } of peers) this.#matchOf.set(peerId, matchId);
  }

  #closed(peer: PeerId, over: Map<MatchId, CallEnd>): void {
    const matchId = this.#matchOf.get(peer);
    this.#matchOf.delete(peer);
    if (matchId !== undefined && !over.has(matchId)) over.set(matchId, 'abandoned');
  }

  #sent(
    { sockets, message }: Extract<LobbyEffect, { type: 'send' }>,
    over: Map<MatchId, CallEnd>,
  ): void {
    const [socket] = sockets;
    if (socket === undefined) return;
    if (message.type === 'idle') this.#waitingSince.delete(socket);
    if (message.type === 'ended') this.#toldOfEnd(socket, message, over);
    if (message.type === 'live') this.#goesLive(message.matchId);
    if (message.type === 'matched') this.#toldOfMatch(socket, message.match);
  }

  #toldOfMatch(socket: SocketId, { matchId, relayOnly }: Match): void {
    this.#stopWaiting(socket);
    const running = this.#running.get(matchId);
    if (running) running.relayOnly = relayOnly;
  }

  #toldOfEnd(socket: SocketId, { matchId, reason, requeued }: Ended, over: Map<MatchId, CallEnd>) {
    if (over.has(matchId)) over.set(matchId, callEnd(reason));
    if (requeued) this.#startWaiting(socket);
    else this.#waitingSince.delete(socket);
  }

  #ended(matchId: MatchId, reason: CallEnd): void {
    const running = this.#running.get(matchId);
    this.#running.delete(matchId);
    if (running) this.#telemetry.note({ type: 'callEnded', reason, relayOnly: running.relayOnly });
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

  #mediaFlows(socket: SocketId, matchId: MatchId): void {
    const running = this.#running.get(matchId);
    if (!running || running.live || running.flowing.has(socket)) return;
    running.flowing.add(socket);
    this.#noteMedia('one', running);
  }

  /** Said again at the cues; the first time counts. */
  #goesLive(matchId: MatchId): void {
    const running = this.#running.get(matchId);
    if (!running || running.live) return;
    running.live = true;
    this.#noteMedia('both', running);
  }

  #noteMedia(sides: 'one' | 'both', { matchedAt }: Running): void {
    this.#telemetry.note({ type: 'mediaFlowed', sides, ms: this.#clock.now() - matchedAt });
  }
}

function callEnd(reason: EndReason): CallEnd {
  return reason === 'youLeft' || reason === 'partnerLeft' ? 'left' : reason;
}
