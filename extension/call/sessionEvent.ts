import type { PeerMessage } from '../../shared/protocol/peer.ts';
import type { MatchId } from '../../shared/ids.ts';
import type { LobbyMessage, OwnMedia, StopReason, Welcome } from './ports.ts';

export type TimerName = 'callClock' | 'connect' | 'nextMatch';

export type SessionEvent =
  // The person.
  | { readonly type: 'joinPressed' }
  | { readonly type: 'readyPressed' }
  | { readonly type: 'notReadyPressed' }
  | { readonly type: 'leaveCallPressed' }
  | { readonly type: 'meetNextPressed' }
  | { readonly type: 'breakPressed' }
  | { readonly type: 'leavePressed' }
  /** Back to the door after the visit is over. */
  | { readonly type: 'startOverPressed' }
  // The lobby link.
  | { readonly type: 'linkFailed'; readonly attempt: number }
  /** `fresh`: a new seat, the server knows nothing of an earlier one; else the kept seat. */
  | { readonly type: 'linkUp'; readonly welcome: Welcome; readonly fresh: boolean }
  | { readonly type: 'linkDown' }
  | { readonly type: 'linkStopped'; readonly reason: StopReason }
  | { readonly type: 'lobby'; readonly message: LobbyMessage }
  // The peer link, always of one match.
  | { readonly type: 'mediaArrived'; readonly matchId: MatchId }
  | { readonly type: 'peerFailed'; readonly matchId: MatchId }
  | { readonly type: 'peerSaid'; readonly matchId: MatchId; readonly message: PeerMessage }
  // Own camera and microphone.
  | { readonly type: 'ownMediaChanged'; readonly media: OwnMedia }
  | { readonly type: 'timerFired'; readonly timer: TimerName };
