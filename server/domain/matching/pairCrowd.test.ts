import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceFrom } from './chanceFrom.ts';
import { pairCrowd } from './pairCrowd.ts';

interface Crowd {
  readonly size: number;
  /** By pairs `one * size + other`. */
  readonly friends: ReadonlySet<number>;
  readonly precedence: readonly number[];
}

const crowds = fc.integer({ min: 0, max: 9 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    precedence: fc.array(fc.nat(2), { minLength: size, maxLength: size }),
    friends: fc
      .array(fc.tuple(fc.nat(Math.max(0, size - 1)), fc.nat(Math.max(0, size - 1))), {
        maxLength: 16,
      })
      .map(
        (pairs) =>
          new Set(
            pairs.flatMap(([one, other]) =>
              one === other ? [] : [one * size + other, other * size + one],
            ),
          ),
      ),
  }),
);

/** Every set of people that some set of pairs leaves over, by trying all sets of pairs. */
function* leftOvers(crowd: Crowd, undecided: readonly number[]): Generator<readonly number[]> {
  const [first, ...rest] = undecided;
  if (first === undefined) return yield [];
  for (const left of leftOvers(crowd, rest)) yield [first, ...left];
  for (const other of rest) {
    if (!crowd.friends.has(first * crowd.size + other)) continue;
    const others = rest.filter((person) => person !== other);
    yield* leftOvers(crowd, others);
  }
}

/** Larger is worse: first how many are left over, then who of those that come first. */
function regret(crowd: Crowd, left: readonly number[]): number {
  const byPrecedence = [2, 1, 0].map(
    (step) => left.filter((person) => crowd.precedence[person] === step).length,
  );
  return [left.length, ...byPrecedence].reduce((sum, count) => sum * 16 + count, 0);
}

const pairUp = (crowd: Crowd, seed: number) => {
  const people = Array.from({ length: crowd.size }, (_none, person) => person);
  const paired = pairCrowd(people, {
    mayMeet: (one, other) => crowd.friends.has(one * crowd.size + other),
    affinity: null,
    precedence: (person) => crowd.precedence[person]!,
    chance: chanceFrom(seed),
  });
  return { people, ...paired };
};

describe('people who are released together', () => {
  it('LB40: as many pairs as there can be, and nobody left over before who comes after them', () => {
    fc.assert(
      fc.property(crowds, fc.nat(), (crowd, seed) => {
        const { people, pairs, leftOver } = pairUp(crowd, seed);
        const best = Math.min(...[...leftOvers(crowd, people)].map((left) => regret(crowd, left)));
        expect(regret(crowd, leftOver)).toBe(best);
        expect([...pairs.flat(), ...leftOver].toSorted()).toEqual(people);
        for (const [one, other] of pairs)
          expect(crowd.friends.has(one * crowd.size + other)).toBe(true);
      }),
      { numRuns: 4_000 },
    );
  });

  it('LB40: blossoms are seen through', () => {
    // Two triangles joined by one edge, and a tail: every greedy start but a few must be repaired.
    const edges = [
      [0, 1], [1, 2], [2, 0], [2, 3], [3, 4], [4, 5], [5, 3], [5, 6], [0, 7],
    ]; // prettier-ignore
    const friends = new Set(
      edges.flatMap(([one, other]) => [one! * 8 + other!, other! * 8 + one!]),
    );
    for (let seed = 0; seed < 500; seed += 1) {
      expect(pairUp({ size: 8, friends, precedence: Array(8).fill(0) }, seed).pairs).toHaveLength(
        4,
      );
    }
  });

  it('LB40: a rule that leaves thousands over does not hold the lobby up', () => {
    const people = Array.from({ length: 5_000 }, (_none, person) => person);
    let asked = 0;
    const { pairs } = pairCrowd(people, {
      mayMeet: (one, other) => {
        asked += 1;
        return one < 1_500 !== other < 1_500;
      },
      affinity: null,
      precedence: (person) => person % 2,
      chance: chanceFrom(1),
    });
    expect(pairs).toHaveLength(1_500);
    expect(asked).toBeLessThan(8_000_000);
  });

  it('LB44: of those they may meet, people get those they share the most with', () => {
    const people = ['art1', 'tea1', 'art2', 'tea2', 'art3', 'tea3'];
    const paired = pairCrowd(people, {
      mayMeet: (one, other) => one !== other,
      affinity: (one, other) => (one.slice(0, 3) === other.slice(0, 3) ? 1 : 0),
      precedence: () => 0,
      chance: () => 0,
    });
    expect(paired.pairs).toHaveLength(3);
    expect(paired.pairs.filter(([one, other]) => one[0] === other[0])).toHaveLength(2);
  });
});
