import { PairSet } from './pairSet.ts';

/**
 * Who has met whom in one event. A pair is removed only when it was chosen and then, for want of
 * storage, never introduced.
 */
export class MetPairs extends PairSet {}
