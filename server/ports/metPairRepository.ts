import type { EventId, MatchId, MemberId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';

export interface NewPair {
  readonly matchId: MatchId;
  readonly pair: readonly [MemberId, MemberId];
  /** The event's when they met, counted from 1. */
  readonly cycle: number;
}

export interface MetPairRepository {
  /** Writes all at once, durably. Answers the matches whose pair had met in that cycle before. */
  record(
    eventId: EventId,
    pairs: readonly NewPair[],
  ): Promise<Result<ReadonlySet<MatchId>, 'storageFailed'>>;
  load(eventId: EventId, cycle: number): Promise<readonly (readonly [MemberId, MemberId])[]>;
  count(eventId: EventId, cycle: number): Promise<number>;
}
