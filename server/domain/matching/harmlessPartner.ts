import { pairCrowd } from './pairCrowd.ts';

interface Lookout<T> {
  /** Those who wait, longest waiting first, the seeker among them. */
  readonly waiting: readonly T[];
  /** Those who are about to come back to the line. */
  readonly expected: readonly T[];
  mayMeet(one: T, other: T): boolean;
  chance(): number;
}

/**
 * The longest waiting partner for `seeker` whose pair costs nobody else theirs: with the two gone,
 * the others can still make all other pairs that are possible now, and all that are possible with
 * those who are about to come. Null when every partner at hand is needed by somebody else. For small
 * lobbies only: it looks at all of them.
 */
export function harmlessPartner<T>(seeker: T, lookout: Lookout<T>): T | null {
  const { waiting, expected, mayMeet, chance } = lookout;
  const rules = { mayMeet, chance, affinity: null, precedence: () => 0 };
  const pairsOf = (people: readonly T[]) => pairCrowd(people, rules).pairs.length;
  const crowds = [waiting, [...waiting, ...expected]].map((people) => ({
    people,
    possible: pairsOf(people),
  }));
  const isHarmless = (partner: T) =>
    crowds.every(({ people, possible }) => {
      const others = people.filter((person) => person !== seeker && person !== partner);
      return pairsOf(others) === possible - 1;
    });
  const partners = waiting.filter((other) => mayMeet(seeker, other));
  return partners.find(isHarmless) ?? null;
}
