export interface RetentionRepository {
  /**
   * Forgets who met whom and who shall not, in events that ended before then and were not opened
   * again. Answers how many pairs that were; 0 while another node is at it. Stops between two batches
   * on the signal.
   */
  forgetPairs(endedBefore: Date, signal: AbortSignal): Promise<number>;
}
