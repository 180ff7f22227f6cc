import type { ClientMessage } from '../../shared/protocol/lobby.ts';

/** The lobby's end of a socket. */
export interface Connection {
  send(text: string): void;
  close(code: number): void;
}

/** What a seated person may say; the rest of the protocol never reaches a lobby. */
export type SeatMessage = Exclude<ClientMessage, { type: 'hello' | 'resume' | 'ping' }>;

/** The socket's end of a lobby. */
export interface Attachment {
  said(message: SeatMessage): void;
  /** `heard`: how many numbered messages have come; the answer is the same for the other direction. */
  acknowledged(heard: number | undefined): number;
  /** `forGood`: the client closed it itself and will not resume. */
  gone(forGood: boolean): void;
}
