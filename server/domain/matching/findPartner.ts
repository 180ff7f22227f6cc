import type { CrowdRules } from './crowdRules.ts';

/** Somebody who waits, and since when. */
interface Candidate<T> {
  readonly person: T;
  readonly since: number;
}

/**
 * The longest waiting of `candidates` (who come in that order) whom `seeker` may meet, or null. Of
 * those who have waited equally long, the one with the most to talk about. Pairing at once, longest
 * waiting first, beats waiting for a better pair in any but tiny lobbies.
 */
export function findPartner<T>(
  seeker: T,
  candidates: Iterable<Candidate<T>>,
  { mayMeet, affinity }: Pick<CrowdRules<T>, 'mayMeet' | 'affinity'>,
): T | null {
  let best: (Candidate<T> & { readonly liking: number }) | null = null;
  for (const { person, since } of candidates) {
    if (best !== null && since !== best.since) break;
    if (person === seeker || !mayMeet(seeker, person)) continue;
    const liking = affinity?.(seeker, person) ?? 0;
    if (best === null || liking > best.liking) best = { person, since, liking };
  }
  return best?.person ?? null;
}
