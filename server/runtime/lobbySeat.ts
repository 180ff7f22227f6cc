import type { SocketId } from '../domain/lobby/member.ts';
import type { Attachment, SeatMessage } from './connection.ts';

/** Where all seats of a lobby report; one for all of them, since there are as many as people. */
export interface SeatDesk {
  said(socket: SocketId, message: SeatMessage): void;
  acknowledged(socket: SocketId, heard: number | undefined): number;
  gone(socket: SocketId, forGood: boolean): void;
}

/** One socket's end of a lobby. */
export class LobbySeat implements Attachment {
  readonly #desk: SeatDesk;
  readonly #socket: SocketId;

  constructor(desk: SeatDesk, socket: SocketId) {
    this.#desk = desk;
    this.#socket = socket;
  }

  said(message: SeatMessage): void {
    this.#desk.said(this.#socket, message);
  }

  acknowledged(heard: number | undefined): number {
    return this.#desk.acknowledged(this.#socket, heard);
  }

  gone(forGood: boolean): void {
    this.#desk.gone(this.#socket, forGood);
  }
}
