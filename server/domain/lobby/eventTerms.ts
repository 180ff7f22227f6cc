import type { Millis } from '../../../shared/ids.ts';

/** What an event demands of each of its calls; a call keeps what held when it was made. */
export interface EventTerms {
  /** Of the conversation, without the goodbye. */
  readonly callMs: Millis;
  /** Who leaves earlier waits out the rest before they meet anybody else. */
  readonly minimumMs: Millis;
}
