export interface RetentionRepository {
  /**
   * Forgets who met whom and who shall not, in events that ended before then and were not opened
   * again. Answers how many pairs that were; 0 while another node is at it. Stops between two batches
   * on the signal.
   */
  forgetPairs(endedBefore: Date, signal: AbortSignal): Promise<number>;
  /**
   * Forgets who met whom in events without an end in which nobody has met anybody since then. Who shall
   * not meet is kept. Answers and stops as `forgetPairs` does.
   */
  forgetIdlePairs(idleSince: Date, signal: AbortSignal): Promise<number>;
}
