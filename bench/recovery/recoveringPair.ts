/** Two in a call that faults befall, watched from both sides. */
export interface RecoveringPair {
  /** Waits until pictures flow both ways; where the call is lost, after a new one. */
  ready(): Promise<void>;
  /**
   * From `since` (ms since 1970) until both sides have pictures again, ms; at most `capMs`. A `thaw`
   * is the first picture after a pause: what was on its way when the fault came does not count.
   */
  backAfter(how: 'picture' | 'thaw', since: number, capMs: number): Promise<number>;
}
