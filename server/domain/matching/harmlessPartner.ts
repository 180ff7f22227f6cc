import { pairCrowd } from './pairCrowd.ts';

interface Lookout<T> {
  /** Those who wait, longest waiting first, the seeker among them. */
  readonly waiting: readonly T[];
  /** Those who are about to come back to the line. */
  readonly expected: readonly T[];
  mayMeet(one: T, other: T): boolean;
  /** Has been passed over before, and is not passed over again. */
  isOwed(person: T): boolean;
  chance(): number;
}

/**
 * The longest waiting partner for `seeker` whose pair costs nobody else theirs: with the two gone,
 * the others and those who are about to come still make as many pairs as they could have. Null when
 * every partner at hand is needed by somebody else. For small lobbies only: it looks at all of them.
 */
export function harmlessPartner<T>(seeker: T, lookout: Lookout<T>): T | null {
  const { waiting, expected, mayMeet, isOwed, chance } = lookout;
  const everybody = [...waiting, ...expected];
  const rules = { mayMeet, chance, affinity: null, precedence: () => 0 };
  const possible = pairCrowd(everybody, rules).pairs.length;
  for (const partner of waiting) {
    if (partner === seeker || !mayMeet(seeker, partner)) continue;
    if (isOwed(partner) || isOwed(seeker)) return partner;
    const others = everybody.filter((person) => person !== seeker && person !== partner);
    if (pairCrowd(others, rules).pairs.length === possible - 1) return partner;
  }
  return null;
}
