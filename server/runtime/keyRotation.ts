import type { Millis } from '../../shared/ids.ts';
import type { Mint } from '../ports/mint.ts';
import type { ServerLimits } from './serverLimits.ts';
import type { TicketKey } from './ticketKey.ts';

interface Rotation {
  readonly mint: Mint;
  /** On the calendar, in ms since 1970. */
  readonly now: Millis;
  readonly limits: Pick<ServerLimits, 'ticketKeyLifeMs' | 'ticketKeyLeadMs' | 'ticketTtlMs'>;
  /** Before its time. */
  readonly wanted: boolean;
}

const KEY_ID_LENGTH = 16;

export function freshKey(mint: Mint, signsFrom: Millis): TicketKey {
  // A token is 192 random bits; two are more than an HMAC-SHA256 needs, and its id is no secret.
  return { id: mint.id().slice(0, KEY_ID_LENGTH), secret: mint.token() + mint.token(), signsFrom };
}

/** The keys with a next one if that is due or wanted, and without those that serve no more; else the same array. */
export function rotated(
  keys: readonly TicketKey[],
  { mint, now, limits, wanted }: Rotation,
): readonly TicketKey[] {
  const newest = Math.max(...keys.map(({ signsFrom }) => signsFrom));
  const coming = newest > now;
  const due = now + limits.ticketKeyLeadMs >= newest + limits.ticketKeyLifeMs;
  if (coming || !(due || wanted)) return keys;
  const next = freshKey(mint, now + limits.ticketKeyLeadMs);
  return [...usableKeys(keys, now, limits.ticketTtlMs), next];
}

/** The latest one whose time has come; the first one for a node whose clock is behind. */
export function signingKey(keys: readonly TicketKey[], now: Millis): TicketKey {
  const byAge = keys.toSorted((one, other) => one.signsFrom - other.signsFrom);
  const key = byAge.findLast(({ signsFrom }) => signsFrom <= now) ?? byAge[0];
  if (!key) throw new Error('There is always a ticket key.');
  return key;
}

/**
 * Those whose tickets may still live: a key serves on for two lifetimes of a ticket after the next
 * one has begun to sign, the second of them for nodes whose clocks differ.
 */
export function usableKeys(
  keys: readonly TicketKey[],
  now: Millis,
  ticketTtlMs: Millis,
): readonly TicketKey[] {
  const signing = signingKey(keys, now - 2 * ticketTtlMs);
  return keys.filter(({ signsFrom }) => signsFrom >= signing.signsFrom);
}
