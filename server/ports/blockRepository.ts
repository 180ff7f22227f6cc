import type { EventId, MemberId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';

export type BlockedPair = readonly [MemberId, MemberId];

/** Of whom one has blocked the other, in either order. */
export interface BlockRepository {
  /** Writes all at once, durably; what is known already is no mistake. */
  record(eventId: EventId, pairs: readonly BlockedPair[]): Promise<Result<null, 'storageFailed'>>;
  load(eventId: EventId): Promise<readonly BlockedPair[]>;
}
