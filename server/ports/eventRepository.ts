import type { EventId, EventKey } from '../../shared/ids.ts';
import type { WhoMeets } from '../../shared/protocol/whoMeets.ts';
import type { Result } from '../../shared/result.ts';

export interface StoredAddress {
  readonly key: EventKey;
  /** SHA-256 of the key, lowercase hexadecimal. */
  readonly keyHash: string;
  readonly bareKeyHash: string;
  /** Without anything private. */
  readonly url: string;
  readonly parameters: readonly string[];
}

export interface StoredEvent {
  readonly id: EventId;
  readonly title: string;
  readonly visibility: 'listed' | 'unlisted';
  readonly callSeconds: number;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  /** By its owner, until they open it again. */
  readonly closed: boolean;
  /** By its owner: people gather, and nobody is introduced to anybody. */
  readonly paused: boolean;
  /** People are introduced at these times only; null: at any time. */
  readonly rounds: { readonly firstAt: Date; readonly everyMinutes: number } | null;
  /** Its members' addresses are hidden from each other. */
  readonly relayOnly: boolean;
  /** Which groups meet, and whether they need a common language. */
  readonly whoMeets: WhoMeets;
  /** Who leaves a call earlier waits out the rest; 0: nobody does. */
  readonly minimumSeconds: number;
  /** Counts up, from 1, when the owner lets those who have met meet again. */
  readonly cycle: number;
  readonly ownerSecretHash: string;
  /** Only unlisted events have an invite. */
  readonly inviteTokenHash: string | null;
  readonly addresses: readonly StoredAddress[];
}

/** A listed event as a lookup shows it, once for each of its keys under the prefix. */
export interface ListedKey {
  readonly keyHash: string;
  readonly event: Pick<
    StoredEvent,
    'id' | 'title' | 'opensAt' | 'closesAt' | 'closed' | 'whoMeets'
  >;
}

export interface LookupRows {
  readonly listed: readonly ListedKey[];
  readonly parameters: readonly { readonly keyHash: string; readonly names: readonly string[] }[];
}

/** Another listed event, not closed, has this key already. */
export interface KeyTaken {
  readonly taken: EventKey;
}

export interface EventRepository {
  create(event: StoredEvent, now: Date): Promise<Result<null, KeyTaken>>;
  /** Replaces the event of the same id. */
  replace(event: StoredEvent, now: Date): Promise<Result<null, KeyTaken>>;
  find(id: EventId): Promise<StoredEvent | null>;
  /** Everything listed under the first hexadecimal digits of a key's hash. */
  lookup(prefix: string): Promise<LookupRows>;
}
