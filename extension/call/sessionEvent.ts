import type { MediaPath } from '../../shared/protocol/fields.ts';
import type { PeerMessage } from '../../shared/protocol/peer.ts';
import type { OfferAhead, Signal } from '../../shared/protocol/signal.ts';
import type { MatchId, Millis, PeerId } from '../../shared/ids.ts';
import type { LobbyMessage, OwnMedia, StopReason, TryFailure, Welcome } from './ports.ts';
import type { Verdict } from './verdict.ts';

export type TimerName = 'callClock' | 'connect' | 'nextMatch' | 'repair';

export type SessionEvent =
  // The person.
  | { readonly type: 'joinPressed' }
  | { readonly type: 'readyPressed' }
  | { readonly type: 'notReadyPressed' }
  | { readonly type: 'leaveCallPressed' }
  /** The partner of this call, or of the one that has just ended. */
  | { readonly type: 'blockPressed' }
  | { readonly type: 'moreTimePressed' }
  /** Answers the question whether one is there. */
  | { readonly type: 'herePressed' }
  /** Any press, key or movement in the panel; said as often as it happens. */
  | { readonly type: 'personSeen' }
  /** A line of text to the partner. */
  | { readonly type: 'chatSent'; readonly text: string }
  | { readonly type: 'meetNextPressed' }
  | { readonly type: 'breakPressed' }
  | { readonly type: 'leavePressed' }
  /** Back to the door after the visit is over. */
  | { readonly type: 'startOverPressed' }
  // The lobby link.
  | {
      readonly type: 'linkFailed';
      readonly attempt: number;
      readonly why: TryFailure;
      readonly againInMs: Millis;
    }
  /** `fresh`: a new seat, the server knows nothing of an earlier one; else the kept seat. */
  | { readonly type: 'linkUp'; readonly welcome: Welcome; readonly fresh: boolean }
  | { readonly type: 'linkDown' }
  | { readonly type: 'linkStopped'; readonly reason: StopReason }
  | { readonly type: 'lobby'; readonly message: LobbyMessage }
  // The peer link, always of one match.
  | {
      readonly type: 'mediaArrived';
      readonly matchId: MatchId;
      /** Null where the browser does not say. */
      readonly path: MediaPath | null;
    }
  | { readonly type: 'peerFailed'; readonly matchId: MatchId }
  | { readonly type: 'peerSignals'; readonly matchId: MatchId; readonly signal: Signal }
  /** For the next match; made while waiting. */
  | { readonly type: 'offerMade'; readonly peerId: PeerId; readonly offer: OfferAhead }
  /** What is seen of the call has changed. */
  | { readonly type: 'judged'; readonly matchId: MatchId; readonly verdict: Verdict }
  | { readonly type: 'peerSaid'; readonly matchId: MatchId; readonly message: PeerMessage }
  // Own camera and microphone.
  | { readonly type: 'ownMediaChanged'; readonly media: OwnMedia }
  | { readonly type: 'timerFired'; readonly timer: TimerName };
