import type { MemberId } from '../../../shared/ids.ts';
import type { MetPairs } from './metPairs.ts';

/**
 * The first of `candidates` (longest waiting first) whom `seeker` has never met, or null.
 * Pairing at once, longest waiting first, beats waiting for a better pair in any but tiny lobbies.
 */
export function findPartner(
  seeker: MemberId,
  candidates: Iterable<MemberId>,
  met: MetPairs,
): MemberId | null {
  for (const candidate of candidates) {
    if (candidate !== seeker && !met.has(seeker, candidate)) return candidate;
  }
  return null;
}
