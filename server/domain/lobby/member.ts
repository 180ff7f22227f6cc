import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { BrokerSeat } from '../../../shared/protocol/lobby.ts';
import type { OfferAhead } from '../../../shared/protocol/signal.ts';
import type { Wishes } from '../../../shared/protocol/wishes.ts';
import type { Call } from './call.ts';

/** One accepted lobby socket. A member has a new one after each reconnect. */
export type SocketId = number & { readonly __brand: 'SocketId' };

type Link =
  | { readonly state: 'online'; readonly socket: SocketId }
  /** `socket` is the one that broke: under its name what is said meanwhile is kept. */
  | { readonly state: 'away'; readonly since: Millis; readonly socket: SocketId };

/** Who has one comes before who has none: those put ahead after a call, and before them the passed over. */
export type Claim = 'none' | 'ahead' | 'passedOver';

type Seat =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'waiting';
      readonly since: Millis;
      /** For the next match, so that its owner can prepare the call. */
      readonly broker: BrokerSeat;
      /** Null until it is made. */
      readonly offer: OfferAhead | null;
      readonly claim: Claim;
    }
  | { readonly phase: 'inCall'; readonly call: Call };

export interface Member {
  readonly id: MemberId;
  /** As they gave it; it lives only here, in memory. */
  readonly name: string;
  /** For partners to block them. */
  readonly seal: string;
  /** Of the latest welcome: each carries a new one. */
  resumeToken: string;
  /** The one before: good until the client shows that it has the latest welcome. */
  spareToken: string | null;
  /** How many numbered messages of theirs have come. */
  heard: number;
  link: Link;
  seat: Seat;
  /** Of the last *ready*; null where the client did not say. */
  wishes: Wishes | null;
}

function claimOf({ seat }: Member): Claim {
  return seat.phase === 'waiting' ? seat.claim : 'none';
}

export function hasClaim(member: Member): boolean {
  return claimOf(member) !== 'none';
}

export function wasPassedOver(member: Member): boolean {
  return claimOf(member) === 'passedOver';
}

/** Somebody else was matched in their place. */
export function passOver(member: Member): void {
  if (member.seat.phase === 'waiting') member.seat = { ...member.seat, claim: 'passedOver' };
}
