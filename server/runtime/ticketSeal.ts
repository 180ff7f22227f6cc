import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import * as v from 'valibot';
import type { MemberId, Millis, PeerId } from '../../shared/ids.ts';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { EventIdField, MemberIdField, PeerIdField } from '../../shared/protocol/fields.ts';
import type { LobbyPart } from '../domain/lobby/lobbyPart.ts';
import type { TicketKey } from './ticketKey.ts';

/** All that a ticket says; who carries it can read none of it for sure and change none of it. */
export interface TicketClaims {
  readonly lobby: LobbyPart;
  readonly member: MemberId;
  /** The one seat it is for; it also tells one ticket from the next. */
  readonly seat: PeerId;
  readonly name: string;
  /** The node where the seat is. */
  readonly node: string;
  /** On the calendar, in ms since 1970. */
  readonly expiresAt: Millis;
}

/** In the order in which they are written. */
const ClaimsSchema = v.pipe(
  v.strictTuple([
    EventIdField,
    v.pipe(v.number(), v.integer(), v.minValue(1)),
    MemberIdField,
    PeerIdField,
    v.string(),
    v.string(),
    v.number(),
  ]),
  v.transform(([eventId, part, member, seat, name, node, expiresAt]): TicketClaims => {
    return { lobby: { eventId, part }, member, seat, name, node, expiresAt };
  }),
);

/** Keeps these signatures apart from whatever else is ever signed with the same key. */
const PURPOSE = 'foyer ticket 2\n';
/** Bytes: a key's id, and an HMAC-SHA256. */
const KEY_ID_LENGTH = 8;
const MAC_LENGTH = 32;

/** URL-safe text: the key's id, the HMAC, and the claims it is over. */
export function sealTicket(claims: TicketClaims, key: TicketKey): string {
  const { lobby, member, seat, name, node, expiresAt } = claims;
  const { eventId, part } = lobby;
  const said = [eventId, part, member, seat, name, node, expiresAt];
  const body = Buffer.from(JSON.stringify(said));
  const id = Buffer.from(key.id, 'hex');
  return Buffer.concat([id, macOf(body, key), body]).toString('base64url');
}

/** Null unless one of our keys has sealed exactly this; the claims are still to be judged. */
export function openTicket(
  ticket: string,
  keyOf: (id: string) => TicketKey | null,
): TicketClaims | null {
  const bytes = Buffer.from(ticket, 'base64url');
  // Other texts stand for the same bytes.
  if (bytes.toString('base64url') !== ticket) return null;
  const key = keyOf(bytes.subarray(0, KEY_ID_LENGTH).toString('hex'));
  const mac = bytes.subarray(KEY_ID_LENGTH, KEY_ID_LENGTH + MAC_LENGTH);
  const body = bytes.subarray(KEY_ID_LENGTH + MAC_LENGTH);
  if (key === null || mac.length !== MAC_LENGTH) return null;
  if (!timingSafeEqual(mac, macOf(body, key))) return null;
  const claims = decodeJson(ClaimsSchema, body.toString());
  return claims.ok ? claims.value : null;
}

function macOf(body: Uint8Array, key: TicketKey): Buffer {
  return createHmac('sha256', secretOf(key)).update(PURPOSE).update(body).digest();
}

/** Made once of each key: it takes five times as long as a signature. */
const secrets = new WeakMap<TicketKey, KeyObject>();

function secretOf(key: TicketKey): KeyObject {
  const known = secrets.get(key);
  if (known !== undefined) return known;
  const secret = createSecretKey(key.secret, 'base64url');
  secrets.set(key, secret);
  return secret;
}
