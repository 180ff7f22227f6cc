import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { Call } from './call.ts';

/** One accepted lobby socket. A member has a new one after each reconnect. */
export type SocketId = number & { readonly __brand: 'SocketId' };

type Link =
  | { readonly state: 'online'; readonly socket: SocketId }
  | { readonly state: 'away'; readonly since: Millis };

type Seat =
  | { readonly phase: 'idle' }
  | { readonly phase: 'waiting'; readonly since: Millis }
  | { readonly phase: 'inCall'; readonly call: Call };

export interface Member {
  readonly id: MemberId;
  /** As they gave it; it lives only here, in memory. */
  readonly name: string;
  /** Void after one use: each welcome carries a new one. */
  resumeToken: string;
  link: Link;
  seat: Seat;
}
