import type { CrowdRules } from './crowdRules.ts';

/** Two who would be introduced to each other, and somebody who would be left over. */
export interface Trio<T> {
  readonly pair: readonly [T, T];
  readonly odd: T;
}

interface TrioRules<T> extends Pick<CrowdRules<T>, 'mayMeet'> {
  mayAsk(person: T): boolean;
}

export interface ChosenTrios<T> {
  readonly trios: readonly Trio<T>[];
  /** Those that stay pairs. */
  readonly pairs: readonly (readonly [T, T])[];
}

/**
 * Gives each of `leftOver`, in their order, the first pair both of whom they may meet. Two who wait
 * and may meet are a pair already: so a third one exists only where a crowd is odd.
 */
export function chooseTrios<T>(
  pairs: readonly (readonly [T, T])[],
  leftOver: readonly T[],
  { mayMeet, mayAsk }: TrioRules<T>,
): ChosenTrios<T> {
  const trios: Trio<T>[] = [];
  const rest = new Set(pairs);
  for (const odd of leftOver) {
    if (!mayAsk(odd)) continue;
    for (const pair of rest) {
      if (!pair.every((person) => mayAsk(person) && mayMeet(odd, person))) continue;
      rest.delete(pair);
      trios.push({ pair, odd });
      break;
    }
  }
  return { trios, pairs: [...rest] };
}
