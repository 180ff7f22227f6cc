import type { EndReason, Match, MoreTime, Presence } from '../../shared/protocol/lobby.ts';
import type { PairingView } from './pairingView.ts';
import type { StopReason, TryFailure } from './ports.ts';
import type { MediaState } from '../../shared/protocol/fields.ts';
import type { MatchId, Millis } from '../../shared/ids.ts';
import { WELL, type Repair } from './repair.ts';
import type { ChatLine } from './chat.ts';
import type { Verdict } from './verdict.ts';

/** What stands between the person and the server; the seat stays meanwhile. */
type Link = { readonly up: true } | { readonly up: false; readonly since: Millis };

/** How the connection to the partner fares. */
export interface CallHealth {
  readonly verdict: Verdict;
  readonly repair: Repair;
  /** The partner's own line to the lobby. */
  readonly partnerUp: boolean;
  /** The partner sends sound alone, because the way from there carries no more. */
  readonly pictureHeld: boolean;
}

export const HEALTHY: CallHealth = {
  verdict: { kind: 'flowing' },
  repair: WELL,
  partnerUp: true,
  pictureHeld: false,
};

interface InCall {
  /** What the two have written to each other. */
  readonly chat: readonly ChatLine[];
  readonly match: Match;
  readonly health: CallHealth;
  /** What the partner last said of what they send and get; null until then. */
  readonly partnerMedia: MediaState | null;
  /** Whether the person has asked for more time, and whether both have. */
  readonly moreTime: MoreTime;
}

/** Where the person stands in the lobby. Points in time are of this machine's monotonic clock. */
export type Seat =
  | { readonly at: 'idle' }
  | {
      readonly at: 'waiting';
      readonly since: Millis;
      /** Asked whether one is there; the answer is wanted by then. */
      readonly answerBy?: Millis;
      /** When the next match is likely; absent or null where nobody can know. */
      readonly expectedAt?: Millis | null;
      /** All who are here have been met. */
      readonly metEverybody?: boolean;
      /** One left the last conversation early: the next one begins no earlier. */
      readonly notBefore?: Millis;
    }
  /** `flowing`: the partner's media has arrived here; the time starts when both sides say so. */
  | (InCall & { readonly at: 'connecting'; readonly since: Millis; readonly flowing: boolean })
  | (InCall & { readonly at: 'live'; readonly endsAt: Millis })
  | (InCall & { readonly at: 'goodbye'; readonly endsAt: Millis })
  | {
      readonly at: 'afterCall';
      readonly matchId: MatchId;
      readonly partnerName: string;
      readonly partnerSeal: string;
      readonly reason: EndReason;
      /** The next match is asked for at this time; null while the person takes a break. */
      readonly nextAt: Millis | null;
      /** They will not be met again in this event. */
      readonly blocked?: boolean;
      /** One left early: the next conversation begins no earlier. */
      readonly notBefore?: Millis;
    };

/** Something that happened by itself and that the person should read; replaced by the next one. */
export type Notice =
  | { readonly kind: 'partnerLeft'; readonly partnerName: string }
  | { readonly kind: 'connectFailed'; readonly partnerName: string }
  | { readonly kind: 'connectionLost'; readonly partnerName: string }
  /** The lobby asked whether one is there, and got no answer: nobody is paired with one now. */
  | { readonly kind: 'noAnswer' }
  /** All may be met once more. */
  | { readonly kind: 'newCycle' };

export type SessionState =
  /** Name and green room: the server has heard nothing yet. */
  | { readonly phase: 'outside' }
  /** First way in; `attempt` counts failed tries, `why` says what the last one met. */
  | {
      readonly phase: 'joining';
      readonly since: Millis;
      readonly attempt: number;
      readonly why: TryFailure | null;
      /** The next try, and how long before it was decided on; null before any has failed. */
      readonly again: { readonly at: Millis; readonly inMs: Millis } | null;
    }
  | {
      readonly phase: 'inside';
      readonly link: Link;
      readonly eventTitle: string;
      /** Without a relay nobody can be hidden. */
      readonly relayAvailable: boolean;
      readonly presence: Presence;
      readonly pairing: PairingView;
      readonly seat: Seat;
      readonly notice: Notice | null;
      /** When the lobby was last told that the person is there. */
      readonly signedAt: Millis;
    }
  | { readonly phase: 'stopped'; readonly reason: StopReason };

export type { StopReason };

export type SeatInCall = Extract<Seat, { match: Match }>;

export function isInCall(seat: Seat): seat is SeatInCall {
  return seat.at === 'connecting' || seat.at === 'live' || seat.at === 'goodbye';
}
