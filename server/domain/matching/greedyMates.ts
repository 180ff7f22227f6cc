import type { CrowdRules } from './crowdRules.ts';

/** So many possible partners are compared where tastes differ; more would only cost time. */
const COMPARED = 8;

const NOBODY = -1;

type GreedyRules<T> = Pick<CrowdRules<T>, 'mayMeet' | 'affinity'>;

/** Each in turn takes the next one they may meet; numbers of mates, -1 for who finds nobody. */
export function greedyMates<T>(crowd: readonly T[], rules: GreedyRules<T>): Int32Array {
  const mate = new Int32Array(crowd.length).fill(NOBODY);
  const next = Int32Array.from(crowd, (_person, place) => place + 1);
  crowd.forEach((person, place) => {
    if (mate[place] !== NOBODY) return;
    const before = bestBefore(person, place, { crowd, next, rules });
    if (before === null) return;
    const other = next[before] ?? crowd.length;
    next[before] = next[other] ?? crowd.length;
    mate[place] = other;
    mate[other] = place;
  });
  return mate;
}

interface Rest<T> {
  readonly crowd: readonly T[];
  /** The next one behind each who is still free. */
  readonly next: Int32Array;
  readonly rules: GreedyRules<T>;
}

/** The place in front of the best partner, so that the partner can be taken out; null for nobody. */
function bestBefore<T>(person: T, place: number, { crowd, next, rules }: Rest<T>): number | null {
  let best: number | null = null;
  let bestLiking = -1;
  const { affinity, mayMeet } = rules;
  let toCompare = affinity === null ? 1 : COMPARED;
  for (let before = place; toCompare > 0; before = next[before] ?? crowd.length) {
    const other = crowd[next[before] ?? crowd.length];
    if (other === undefined) return best;
    if (!mayMeet(person, other)) continue;
    const liking = affinity?.(person, other) ?? 0;
    toCompare -= 1;
    if (liking > bestLiking) [best, bestLiking] = [before, liking];
  }
  return best;
}
