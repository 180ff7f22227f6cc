import type { MetPairs } from '../matching/metPairs.ts';
import type { PairSet } from '../matching/pairSet.ts';
import type { Member } from './member.ts';
import type { Roster } from './roster.ts';

interface Pairs {
  readonly met: MetPairs;
  /** They met in this event, in whatever cycle, and meet in none to come. */
  readonly blocked: PairSet;
}

/** Whether `member` has nobody left to meet among all who are here in this cycle; false for who is alone. */
export function metEverybody({ id }: Member, roster: Roster, { met, blocked }: Pairs): boolean {
  const others = roster.size - 1;
  if (others < 1 || met.partnersOf(id) + blocked.partnersOf(id) < others) return false;
  const isOver = (other: Member) => met.has(id, other.id) || blocked.has(id, other.id);
  return roster.all().every((other) => other.id === id || isOver(other));
}
