import type { MatchId, MemberId, Millis, PeerId } from '../../../shared/ids.ts';
import type { MediaPath, MediaState } from '../../../shared/protocol/fields.ts';
import type { OfferAhead, Signal } from '../../../shared/protocol/signal.ts';
import type { WhoMeets } from '../../../shared/protocol/whoMeets.ts';
import type { Wishes } from '../../../shared/protocol/wishes.ts';
import type { SocketId } from './member.ts';
import type { SchedulePlan } from './schedule.ts';

/** What can happen to a lobby. What a person says names the socket, so an old one has no say. */
export type LobbyCommand =
  | {
      readonly type: 'join';
      readonly socket: SocketId;
      readonly member: MemberId;
      readonly name: string;
    }
  | { readonly type: 'resume'; readonly socket: SocketId; readonly resumeToken: string }
  | {
      readonly type: 'ready';
      readonly socket: SocketId;
      readonly wishes?: Wishes | undefined;
      /** The panel's own doing, not the person's. */
      readonly automatic?: true | undefined;
    }
  | { readonly type: 'present'; readonly socket: SocketId }
  | {
      readonly type: 'offerAhead';
      readonly socket: SocketId;
      readonly peerId: PeerId;
      readonly offer: OfferAhead;
    }
  | {
      readonly type: 'signal';
      readonly socket: SocketId;
      readonly matchId: MatchId;
      readonly signal: Signal;
    }
  | { readonly type: 'notReady'; readonly socket: SocketId }
  /** To the offer of a conversation of three. */
  | { readonly type: 'answerTrio'; readonly socket: SocketId; readonly accepts: boolean }
  | {
      readonly type: 'mediaFlowing';
      readonly socket: SocketId;
      readonly matchId: MatchId;
      readonly path?: MediaPath | undefined;
    }
  | {
      readonly type: 'mediaState';
      readonly socket: SocketId;
      readonly matchId: MatchId;
      readonly state: MediaState;
    }
  | { readonly type: 'wantMore'; readonly socket: SocketId; readonly matchId: MatchId }
  | {
      readonly type: 'endCall';
      readonly socket: SocketId;
      readonly matchId: MatchId;
      readonly reason: 'left' | 'failed';
    }
  /** Never again the one whom the seal names, in this event; ends the call, where it is said of one. */
  | {
      readonly type: 'block';
      readonly socket: SocketId;
      readonly matchId?: MatchId | undefined;
      readonly partnerSeal: string;
    }
  | { readonly type: 'leave'; readonly socket: SocketId }
  /** The socket closed; `forGood` when the client closed it itself and will not resume. */
  | { readonly type: 'socketGone'; readonly socket: SocketId; readonly forGood: boolean }
  | { readonly type: 'close' }
  | { readonly type: 'reopen' }
  /** When people are to be introduced to each other. */
  | { readonly type: 'reschedule'; readonly plan: SchedulePlan }
  | {
      readonly type: 'changeEvent';
      readonly title: string;
      readonly callMs: Millis;
      readonly minimumMs: Millis;
      readonly relayOnly: boolean;
      /** Raised when those who have met may meet again. */
      readonly cycle: number;
    }
  /** Who may meet whom, for matches made from now on. */
  | { readonly type: 'changeRules'; readonly whoMeets: WhoMeets }
  /** The last relay failed, or one is back. */
  | { readonly type: 'relayChanged'; readonly available: boolean }
  /** The storage knows that this pair has met before. */
  | { readonly type: 'pairRefused'; readonly matchId: MatchId }
  /** The storage failed; nobody has been told of the match. */
  | { readonly type: 'pairUnrecorded'; readonly matchId: MatchId }
  /** Time has passed; `wakeAt` said that something is due. */
  | { readonly type: 'tick' };
