/** What decides who of a crowd meets whom. */
export interface CrowdRules<T> {
  mayMeet(one: T, other: T): boolean;
  /** How much these two would rather meet than others; null where nobody says what they like. */
  readonly affinity: ((one: T, other: T) => number) | null;
  /** Who has the higher one is left over only when every largest set of pairs leaves them over. */
  precedence(person: T): number;
  /** A number from 0 to 1, without 1. */
  chance(): number;
}
