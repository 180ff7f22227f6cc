import type { MediaState } from '../../shared/protocol/fields.ts';
import type { BrokerSeat, Match } from '../../shared/protocol/lobby.ts';
import type { IceServer } from '../../shared/protocol/iceServer.ts';
import type { Signal } from '../../shared/protocol/signal.ts';
import type { PeerMessage } from '../../shared/protocol/peer.ts';
import type { MatchId, Millis } from '../../shared/ids.ts';
import type { LobbyRequest, Sound } from './ports.ts';
import type { TimerName } from './sessionEvent.ts';

/** Of a media state, all but its number. */
export type SaidMedia = Omit<MediaState, 'sequence'>;

/** What the session should do next; performed in order by `Session`. */
export type SessionEffect =
  | { readonly type: 'openLink' }
  | { readonly type: 'closeLink' }
  | { readonly type: 'send'; readonly message: LobbyRequest }
  /** Says that these two are to be kept apart, and remembers it for later visits. */
  | { readonly type: 'block'; readonly matchId: MatchId; readonly partnerSeal: string }
  /** Whom one has blocked at this event so far: a server may have died before it wrote that down. */
  | { readonly type: 'blockAgain' }
  /** Asks for a match, with what this person's machine can do and wants to hide. */
  | { readonly type: 'sayReady'; readonly automatic: boolean }
  /** Is the way to the lobby alive? Without it nothing can be repaired. */
  | { readonly type: 'proveLink' }
  /** Gets the next call ready for whoever comes. */
  | { readonly type: 'preparePeer'; readonly broker: BrokerSeat }
  /** Calls the partner, or waits for the partner's call, by the match's role. */
  | { readonly type: 'openPeer'; readonly match: Match }
  | { readonly type: 'tellPeer'; readonly message: PeerMessage }
  /** Says on both ways what is sent from here and whether anything arrives, with the next sequence number. */
  | { readonly type: 'announceMedia'; readonly match: Match; readonly media: SaidMedia }
  | { readonly type: 'hearSignal'; readonly signal: Signal }
  | { readonly type: 'useIceServers'; readonly iceServers: readonly IceServer[] }
  | { readonly type: 'restartIce' }
  | { readonly type: 'sendKeyframe' }
  | { readonly type: 'closePeer' }
  | { readonly type: 'arm'; readonly timer: TimerName; readonly inMs: Millis }
  | { readonly type: 'disarm'; readonly timer: TimerName }
  /** A sound for somebody who looks elsewhere. */
  | { readonly type: 'chime'; readonly sound: Sound };
