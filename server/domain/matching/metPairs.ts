import type { MemberId } from '../../../shared/ids.ts';
import { PairSet } from './pairSet.ts';

/** Events begin with this one. */
const FIRST_CYCLE = 1;

/**
 * Who has met whom in one cycle of an event: in each, two people meet at most once. A pair is removed
 * only when it was chosen and then, for want of storage, never introduced.
 */
export class MetPairs extends PairSet {
  #cycle: number;

  constructor(pairs: Iterable<readonly [MemberId, MemberId]> = [], cycle = FIRST_CYCLE) {
    super(pairs);
    this.#cycle = cycle;
  }

  get cycle(): number {
    return this.#cycle;
  }

  /** All may meet again, except those of `pairs`, who meet at this moment. */
  begin(cycle: number, pairs: Iterable<readonly [MemberId, MemberId]>): void {
    this.#cycle = cycle;
    this.clear();
    for (const [one, other] of pairs) this.add(one, other);
  }
}
