import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { BrokerSeat } from '../../../shared/protocol/lobby.ts';
import type { OfferAhead } from '../../../shared/protocol/signal.ts';
import type { Wishes } from '../../../shared/protocol/wishes.ts';
import type { Call } from './call.ts';

/** One accepted lobby socket. A member has a new one after each reconnect. */
export type SocketId = number & { readonly __brand: 'SocketId' };

type Link =
  | { readonly state: 'online'; readonly socket: SocketId }
  | { readonly state: 'away'; readonly since: Millis };

type Seat =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'waiting';
      readonly since: Millis;
      /** For the next match, so that its owner can prepare the call. */
      readonly broker: BrokerSeat;
      /** Null until it is made. */
      readonly offer: OfferAhead | null;
    }
  | { readonly phase: 'inCall'; readonly call: Call };

export interface Member {
  readonly id: MemberId;
  /** As they gave it; it lives only here, in memory. */
  readonly name: string;
  /** Void after one use: each welcome carries a new one. */
  resumeToken: string;
  link: Link;
  seat: Seat;
  /** Of the last *ready*; null where the client did not say. */
  wishes: Wishes | null;
}
