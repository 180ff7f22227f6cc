import type { Millis } from '../../shared/ids.ts';

export interface Tallied {
  /** This one included. */
  readonly count: number;
  /** Until counting begins anew. */
  readonly remainingMs: Millis;
}

/** Counts what happens on all nodes together, within windows of time. */
export interface Tally {
  /** One more of that name; null when nobody can say how many that makes. */
  add(name: string, windowMs: Millis): Promise<Tallied | null>;
}

/** Of a node that is alone: it has counted all itself. */
export const noTally: Tally = { add: () => Promise.resolve(null) };
