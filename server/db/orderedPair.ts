import type { MemberId } from '../../shared/ids.ts';

/** In the order of JavaScript's strings: one row for two people, whoever comes first. */
export function orderedPair([one, other]: readonly [MemberId, MemberId]): readonly [
  low: MemberId,
  high: MemberId,
] {
  return one < other ? [one, other] : [other, one];
}
