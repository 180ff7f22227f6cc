import type { MetPairs } from '../matching/metPairs.ts';
import type { Member } from './member.ts';
import type { Roster } from './roster.ts';

/** Whether all who are here have met `member` in this cycle; false for who is alone. */
export function metEverybody({ id }: Member, roster: Roster, met: MetPairs): boolean {
  const others = roster.size - 1;
  if (others < 1 || met.partnersOf(id) < others) return false;
  return roster.all().every((other) => other.id === id || met.has(id, other.id));
}
