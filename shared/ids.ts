/**
 * Branded identifiers: a member's id cannot be passed where a match's id is wanted.
 * Durations and points in time are milliseconds throughout.
 */
type Brand<Name extends string> = string & { readonly __brand: Name };

/** A registered event or a private group. */
export type EventId = Brand<'EventId'>;
/** One person within one event: pseudonymous, the same when they come back, useless elsewhere. */
export type MemberId = Brand<'MemberId'>;
/** One conversation between two members. */
export type MatchId = Brand<'MatchId'>;
/** The broker address of one member for one match. */
export type PeerId = Brand<'PeerId'>;
/** What a page is about: `youtube:video:dQw4w9WgXcQ`, or `web:host/path`. */
export type EventKey = Brand<'EventKey'>;

export type Millis = number;
