import type { Millis } from '../../shared/ids.ts';

/** A restarted server is back within seconds; a sleeping one is not asked more often than this. */
const LONGEST_MS = 5_000;
const FIRST_MS = 250;

/** Those who were told the same second do not come in the same instant. */
const SPREAD_MS = 1_000;

/** Pause for who was told when there is room; @param chance from 0 to 1 */
export function bookedMs(retryAfterMs: Millis, chance: number): Millis {
  return retryAfterMs + chance * SPREAD_MS;
}

/**
 * Pause before try number `attempt` (from 1): doubling, with up to half of it left to chance, so
 * that a lobby of thousands does not come back in one instant.
 *
 * @param chance from 0 to 1
 */
export function backoffMs(attempt: number, chance: number): Millis {
  const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return pause * (0.5 + chance / 2);
}
