import { AlternatingSearch } from './alternatingSearch.ts';
import type { CrowdRules } from './crowdRules.ts';
import { greedyMates } from './greedyMates.ts';

const NOBODY = -1;

/**
 * At most so many questions whether two may meet are spent on improving a crowd's pairs: a large
 * crowd needs two for each person, and one in which a rule leaves hundreds over must not hold the
 * lobby up. About 50 ms.
 */
const CHECKS = 1_000_000;

export interface PairedCrowd<T> {
  readonly pairs: readonly (readonly [T, T])[];
  readonly leftOver: readonly T[];
}

/**
 * Pairs people who are released together: in random order, each with the first one they may meet,
 * and then along augmenting paths until no more pairs are possible. Chance, because the order of
 * the line repeats itself from round to round and runs out of partners early.
 */
export function pairCrowd<T>(people: readonly T[], rules: CrowdRules<T>): PairedCrowd<T> {
  const crowd = inRandomOrder(people, rules);
  const mate = greedyMates(crowd, rules);
  const precedence = crowd.map((person) => rules.precedence(person));
  const mayMeet = (one: number, other: number): boolean => {
    const [first, second] = [crowd[one], crowd[other]];
    return first !== undefined && second !== undefined && rules.mayMeet(first, second);
  };
  improve(mate, precedence, mayMeet);
  return namePairs(crowd, mate);
}

/** Those who come before others stay in front. */
function inRandomOrder<T>(people: readonly T[], rules: CrowdRules<T>): readonly T[] {
  const drawn = people.map((person) => ({
    person,
    precedence: rules.precedence(person),
    lot: rules.chance(),
  }));
  drawn.sort((one, other) => other.precedence - one.precedence || one.lot - other.lot);
  return drawn.map(({ person }) => person);
}

function improve(
  mate: Int32Array,
  precedence: readonly number[],
  mayMeet: (one: number, other: number) => boolean,
): void {
  let free = mate.filter((other) => other === NOBODY).length;
  if (free === 0) return;
  const search = new AlternatingSearch(mate, mayMeet, CHECKS);
  const precedenceOf = (person: number) => precedence[person] ?? 0;
  const lowest = Math.min(...new Set(precedence));
  for (let root = 0; root < mate.length && free > 0; root += 1) {
    if (mate[root] !== NOBODY) continue;
    const first = precedenceOf(root) > lowest;
    if (free < 2 && !first) return;
    const end = search.grow(root);
    if (end !== null) {
      search.flip(end);
      free -= 2;
    } else if (search.exhausted) return;
    else if (first) search.exchange(leastOf(search.replaceable(), root, precedenceOf));
  }
}

/** Who is left over for somebody who comes before them; the root itself when nobody does. */
function leastOf(
  people: readonly number[],
  root: number,
  precedenceOf: (person: number) => number,
): number {
  let least = root;
  for (const person of people) if (precedenceOf(person) < precedenceOf(least)) least = person;
  return least;
}

function namePairs<T>(crowd: readonly T[], mate: Int32Array): PairedCrowd<T> {
  const pairs: (readonly [T, T])[] = [];
  const leftOver: T[] = [];
  crowd.forEach((person, place) => {
    const other = mate[place] ?? NOBODY;
    const partner = crowd[other];
    if (partner === undefined) leftOver.push(person);
    else if (place < other) pairs.push([person, partner]);
  });
  return { pairs, leftOver };
}
