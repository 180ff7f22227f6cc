import { assertNever } from '../../../shared/assertNever.ts';
import type { MatchId, MemberId, Millis } from '../../../shared/ids.ts';
import type { MediaState } from '../../../shared/protocol/fields.ts';
import type { BrokerSeat, Match, SeatView } from '../../../shared/protocol/lobby.ts';
import type { MatchTerms } from './matchTerms.ts';
import { moreTimeFor } from './moreTime.ts';

export interface CallSide {
  readonly member: MemberId;
  readonly name: string;
  readonly role: Match['role'];
  /** For the other side to block this one. */
  readonly seal: string;
  /** The place is fixed; its ICE servers are replaced before their credentials end. */
  broker: BrokerSeat;
  /** What this side last said of its camera and microphone. */
  media: MediaState | null;
  /** Has asked for more time, and the other side has not. */
  wantsMore: boolean;
}

export type CallStage =
  /** `flowing` is the side that already sees or hears the other; the second one makes it live. */
  | { readonly phase: 'connecting'; readonly until: Millis; readonly flowing: MemberId | null }
  /** `cues` are the points in time still to be called out, earliest first. */
  | { readonly phase: 'live'; readonly until: Millis; readonly cues: readonly Millis[] }
  | { readonly phase: 'goodbye'; readonly until: Millis };

export interface Call {
  readonly id: MatchId;
  readonly callMs: Millis;
  /** Who leaves earlier waits out the rest. */
  readonly minimumMs: Millis;
  /** When that is over; it means nothing before the time runs. */
  minimumUntil: Millis;
  /** What the two can add. */
  readonly moreMs: Millis;
  /** How often they still can. */
  moreTimes: number;
  readonly terms: MatchTerms;
  /** The longer waiting comes first and dials. */
  readonly sides: readonly [CallSide, CallSide];
  stage: CallStage;
}

export function sideOf(call: Call, member: MemberId): CallSide {
  return call.sides[0].member === member ? call.sides[0] : call.sides[1];
}

export function partnerSideOf(call: Call, member: MemberId): CallSide {
  return call.sides[0].member === member ? call.sides[1] : call.sides[0];
}

/** When something in this call is next due. */
export function callDueAt(call: Call): Millis {
  const { stage } = call;
  return stage.phase === 'live' ? (stage.cues[0] ?? stage.until) : stage.until;
}

/** What `member` needs to know of the match. */
export function matchFor(call: Call, member: MemberId): Match {
  const own = sideOf(call, member);
  const partner = partnerSideOf(call, member);
  return {
    matchId: call.id,
    partnerName: partner.name,
    partnerSeal: partner.seal,
    role: own.role,
    ...own.broker,
    partnerPeerId: partner.broker.peerId,
    offer: offerFor(own.role, call.terms),
    codecs: call.terms.codecs,
    relayOnly: call.terms.relayOnly,
    ...(call.terms.topics.length > 0 && { topics: [...call.terms.topics] }),
    callMs: call.callMs,
    moreMs: call.moreMs,
  };
}

function offerFor(role: Match['role'], { offer }: MatchTerms): Match['offer'] {
  if (offer === null) return 'none';
  return role === 'caller' ? 'taken' : offer;
}

export function callSeatView(
  call: Call,
  member: MemberId,
  partnerUp: boolean,
  now: Millis,
): SeatView {
  const view = {
    match: matchFor(call, member),
    remainingMs: Math.max(0, call.stage.until - now),
    partnerMedia: partnerSideOf(call, member).media,
    partnerUp,
    moreTime: moreTimeFor(call, member),
  };
  switch (call.stage.phase) {
    case 'connecting':
      return { phase: 'connecting', ...view };
    case 'live':
      return { phase: 'live', ...view };
    case 'goodbye':
      return { phase: 'goodbye', ...view };
    default:
      return assertNever(call.stage);
  }
}
