import type { EventId } from '../../shared/ids.ts';

/** Fresh, unguessable names. */
export interface Mint {
  eventId(): EventId;
  /** Letters and digits only, as `peer` wants its ids. */
  id(): string;
  /** URL-safe; a secret. */
  token(): string;
}
