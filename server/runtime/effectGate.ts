import { assertNever } from '../../shared/assertNever.ts';
import type { MatchId, PeerId } from '../../shared/ids.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { SocketId } from '../domain/lobby/member.ts';

type Send = Extract<LobbyEffect, { type: 'send' }>;

/** Whom effects must reach in their order: a socket, or a seat at the broker. */
type Recipient = SocketId | PeerId;

/**
 * Holds back what waits for a pair to be written, and all that comes behind it for the same people, so
 * that each of them hears everything in order. Everybody else's messages pass.
 */
export class EffectGate {
  readonly #unwritten = new Set<MatchId>();
  readonly #waiting = new Set<Recipient>();
  #held: LobbyEffect[] = [];

  /** Those of the effects that need not wait, in their order. */
  pass(effects: readonly LobbyEffect[]): readonly LobbyEffect[] {
    for (const effect of effects)
      if (effect.type === 'recordPair') this.#unwritten.add(effect.matchId);
    if (this.#unwritten.size === 0) return effects;
    return effects.map((effect) => this.#passing(effect)).filter((effect) => effect !== null);
  }

  /** These matches are decided, one way or the other: what waited for them alone need not any more. */
  decided(matches: readonly MatchId[]): readonly LobbyEffect[] {
    for (const matchId of matches) this.#unwritten.delete(matchId);
    const held = this.#held;
    this.#held = [];
    this.#waiting.clear();
    return this.pass(held);
  }

  /** The effect, or the part of it that need not wait. */
  #passing(effect: LobbyEffect): LobbyEffect | null {
    const recipients = recipientsOf(effect);
    const matchId = matchOf(effect);
    const waits = matchId !== null && this.#unwritten.has(matchId);
    if (!waits && effect.type === 'send') return this.#passingSend(effect);
    if (!waits && !recipients.some((each) => this.#waiting.has(each))) return effect;
    this.#hold(effect, recipients);
    return null;
  }

  /** What is told to many at once waits for those of them alone who wait themselves. */
  #passingSend(effect: Send): LobbyEffect | null {
    const free = effect.sockets.filter((socket) => !this.#waiting.has(socket));
    const waiting = effect.sockets.filter((socket) => this.#waiting.has(socket));
    const late = effect.message.type === 'presence' ? this.#takeLatePresence(waiting) : waiting;
    if (late.length > 0) this.#hold({ ...effect, sockets: late }, late);
    return free.length === 0 ? null : { ...effect, sockets: free };
  }

  /** Who waits for counts from before hears those of now, and with them `more`. */
  #takeLatePresence(more: readonly SocketId[]): readonly SocketId[] {
    const late = this.#held.filter(isPresence);
    this.#held = this.#held.filter((held) => !isPresence(held));
    return [...new Set([...late.flatMap(({ sockets }) => sockets), ...more])];
  }

  #hold(effect: LobbyEffect, recipients: readonly Recipient[]): void {
    this.#held.push(effect);
    for (const each of recipients) this.#waiting.add(each);
  }
}

function isPresence(effect: LobbyEffect): effect is Send {
  return effect.type === 'send' && effect.message.type === 'presence';
}

function matchOf(effect: LobbyEffect): MatchId | null {
  if (effect.type === 'openBroker') return effect.matchId;
  return 'onceRecorded' in effect ? effect.onceRecorded : null;
}

function recipientsOf(effect: LobbyEffect): readonly Recipient[] {
  switch (effect.type) {
    case 'send':
      return effect.sockets;
    case 'keep':
    case 'giveUpSeat':
    case 'disconnect':
      return [effect.socket];
    case 'moveSeat':
      return [effect.from, effect.to];
    case 'openBroker':
      return effect.peers.map(({ peerId }) => peerId);
    case 'openBrokerSeat':
      return [effect.seat.peerId];
    case 'closeBroker':
      return effect.peers;
    case 'recordPair':
    case 'carryPair':
    case 'recordBlock':
      return [];
    default:
      return assertNever(effect);
  }
}
