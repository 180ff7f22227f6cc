import type { MatchId } from '../../../shared/ids.ts';
import type { ServerMessage } from '../../../shared/protocol/lobby.ts';
import type { LobbyEffect } from './lobbyEffect.ts';
import type { Member, SocketId } from './member.ts';

/** Collects what one command causes, in order. */
export class Outbox {
  #effects: LobbyEffect[] = [];

  push(effect: LobbyEffect): void {
    this.#effects.push(effect);
  }

  pushAll(effects: readonly LobbyEffect[]): void {
    this.#effects.push(...effects);
  }

  /** Somebody away is told on their return. */
  send(member: Member, message: ServerMessage, onceRecorded: MatchId | null = null): void {
    const { state, socket } = member.link;
    if (state === 'away') this.#effects.push({ type: 'keep', socket, message, onceRecorded });
    else this.#effects.push({ type: 'send', sockets: [socket], message, onceRecorded });
  }

  broadcast(sockets: readonly SocketId[], message: ServerMessage): void {
    if (sockets.length === 0) return;
    this.#effects.push({ type: 'send', sockets, message, onceRecorded: null });
  }

  disconnect(socket: SocketId, code: number): void {
    this.#effects.push({ type: 'disconnect', socket, code });
  }

  takeAll(): LobbyEffect[] {
    const taken = this.#effects;
    this.#effects = [];
    return taken;
  }
}
