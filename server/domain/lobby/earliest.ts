import type { Millis } from '../../../shared/ids.ts';

/** The first of some points in time; null when nothing is due. */
export function earliest(...due: readonly (Millis | null)[]): Millis | null {
  const set = due.filter((at) => at !== null);
  return set.length === 0 ? null : Math.min(...set);
}
