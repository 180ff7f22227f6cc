import type { MatchId, MemberId, PeerId } from '../../../shared/ids.ts';
import type { BrokerSeat, ServerMessage } from '../../../shared/protocol/lobby.ts';
import type { SocketId } from './member.ts';

/** What the broker knows of a seat; credentials for relays are none of its business. */
type BrokerPlace = Pick<BrokerSeat, 'peerId' | 'brokerToken'>;

/** What a lobby wants done, in this order. */
export type LobbyEffect =
  | {
      readonly type: 'send';
      readonly sockets: readonly SocketId[];
      readonly message: ServerMessage;
      /** Not to be sent before this match's pair is durable, and never if it is not. */
      readonly onceRecorded: MatchId | null;
    }
  /** To be sent when somebody who is away comes back; `socket` is the one that broke. */
  | {
      readonly type: 'keep';
      readonly socket: SocketId;
      readonly message: ServerMessage;
      readonly onceRecorded: MatchId | null;
    }
  /** A seat goes on at another socket, and with it what was kept for it. */
  | { readonly type: 'moveSeat'; readonly from: SocketId; readonly to: SocketId }
  /** Nobody comes back to this seat. */
  | { readonly type: 'giveUpSeat'; readonly socket: SocketId }
  | { readonly type: 'disconnect'; readonly socket: SocketId; readonly code: number }
  | {
      readonly type: 'recordPair';
      readonly matchId: MatchId;
      readonly pair: readonly [MemberId, MemberId];
      /** Of the event: in each they meet once. */
      readonly cycle: number;
    }
  /** They are in a call while a new cycle begins; nobody waits until it is written. */
  | {
      readonly type: 'carryPair';
      readonly matchId: MatchId;
      readonly pair: readonly [MemberId, MemberId];
      readonly cycle: number;
    }
  /** Holds already; to be kept for as long as the event's people are known. */
  | { readonly type: 'recordBlock'; readonly pair: readonly [MemberId, MemberId] }
  /** For somebody who waits: its owner may connect, and reaches nobody. */
  | { readonly type: 'openBrokerSeat'; readonly seat: BrokerPlace }
  /** The two of a match reach each other; their seats are opened where they are not. */
  | {
      readonly type: 'openBroker';
      readonly matchId: MatchId;
      readonly peers: readonly [BrokerPlace, BrokerPlace];
    }
  | { readonly type: 'closeBroker'; readonly peers: readonly PeerId[] };
