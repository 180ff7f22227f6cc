import type { Millis } from '../../../shared/ids.ts';

/** Somebody who is in a call now, and when they are likely to look for the next partner. */
export interface Arrival<T> {
  readonly person: T;
  readonly at: Millis;
}

/**
 * When those who wait will probably be matched, by letting the calls that run end on time: each who
 * comes back takes the longest waiting they may meet, else waits behind the others. Who is not in
 * the answer would not be matched by anybody known.
 *
 * @param line longest waiting first
 * @param arrivals earliest first
 * @param asked those whose match is looked for, in the line or among the arrivals
 */
export function expectedWaits<T>(
  line: readonly T[],
  arrivals: Iterable<Arrival<T>>,
  mayMeet: (one: T, other: T) => boolean,
  asked: ReadonlySet<T>,
): ReadonlyMap<T, Millis> {
  const matchedAt = new Map<T, Millis>();
  const waiting = new Set(line);
  for (const { person, at } of arrivals) {
    if (asked.size === matchedAt.size) break;
    const partner = first(waiting, (other) => mayMeet(person, other));
    if (partner === null) {
      waiting.add(person);
      continue;
    }
    waiting.delete(partner);
    for (const matched of [partner, person]) if (asked.has(matched)) matchedAt.set(matched, at);
  }
  return matchedAt;
}

function first<T>(people: Iterable<T>, fits: (person: T) => boolean): T | null {
  for (const person of people) if (fits(person)) return person;
  return null;
}
