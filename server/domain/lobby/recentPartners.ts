import type { MatchId, MemberId } from '../../../shared/ids.ts';

/** Whom somebody was matched with, latest first. */
export type RecentPartners = readonly {
  readonly matchId: MatchId;
  readonly partner: MemberId;
}[];

/**
 * Who presses *block* means the call that they see, or the one that has just ended; until that is
 * heard, a match or two may have been made, and even withdrawn.
 */
const KEPT = 4;

export function withPartner(
  recent: RecentPartners,
  matchId: MatchId,
  partner: MemberId,
): RecentPartners {
  return [{ matchId, partner }, ...recent].slice(0, KEPT);
}

export function partnerIn(recent: RecentPartners, matchId: MatchId): MemberId | null {
  return recent.find((match) => match.matchId === matchId)?.partner ?? null;
}
