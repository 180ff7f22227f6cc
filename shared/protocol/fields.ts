import * as v from 'valibot';
import type { EventId, EventKey, MatchId, MemberId, PeerId } from '../ids.ts';
import { LIMITS } from './limits.ts';

/** Field schemas that more than one message uses. */

/** What the server mints: URL-safe, unguessable, bounded. */
const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,128}$/, 'a token'));
/** `peer` accepts letters and digits; the same shape serves every id. */
const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9]{8,64}$/, 'an id'));

export const TokenField = token;
/** From the join answer to *hello*; opaque to whoever carries it. */
export const TicketField = v.pipe(
  v.string(),
  v.regex(new RegExp(`^[A-Za-z0-9_-]{16,${LIMITS.ticketLength}}$`), 'a ticket'),
);
export const EventIdField = v.pipe(
  id,
  v.transform((value) => value as EventId),
);
export const MemberIdField = v.pipe(
  id,
  v.transform((value) => value as MemberId),
);
export const MatchIdField = v.pipe(
  id,
  v.transform((value) => value as MatchId),
);
export const PeerIdField = v.pipe(
  id,
  v.transform((value) => value as PeerId),
);
export const EventKeyField = v.pipe(
  v.string(),
  v.minLength(5),
  v.maxLength(LIMITS.eventKeyLength),
  v.transform((value) => value as EventKey),
);

/** A duration in ms. */
export const MillisField = v.pipe(v.number(), v.finite(), v.minValue(0));
/** A point in time for people, as ISO 8601 in UTC (`2026-11-21T09:00:00.000Z`). */
export const TimestampField = v.pipe(v.string(), v.isoTimestamp());
export const CountField = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The same without what joins emoji to one: a line of text may have them. */
const MISLEADING = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

/** What somebody writes to a partner: one line, never markup, always shown as text. */
export const ChatTextField = v.pipe(
  v.string(),
  v.maxLength(LIMITS.chatTextLength),
  v.transform((value) => value.replace(MISLEADING, ' ').trim()),
  v.check((value) => value.length > 0, 'visible text'),
);

/** Control characters, line breaks and bidirectional overrides can make a name lie about its text. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;
/** Letters and signs that are drawn as nothing: the Hangul fillers and the empty Braille cell. */
const DRAWN_AS_NOTHING = /[\u115f\u1160\u2800\u3164\uffa0]/gu;
const DRAWN = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** No language puts more on one letter; more climb over the lines above and below. */
const TOWERING = /\p{M}{5}/u;

/** Cleaned first and composed then, so that what is clean stays as it is. */
function cleanLine(text: string): string {
  const visible = text.replace(/\s+/gu, ' ').replace(INVISIBLE, '').normalize('NFC');
  return visible.replace(/ +/gu, ' ').trim();
}

function visibleText(maxLength: number) {
  return v.pipe(
    v.string(),
    v.maxLength(maxLength * 8),
    v.transform(cleanLine),
    v.check((value) => DRAWN.test(value.replace(DRAWN_AS_NOTHING, '')), 'visible text'),
    v.check((value) => !TOWERING.test(value), 'letters with few marks'),
    v.check((value) => [...value].length <= maxLength, `at most ${maxLength} characters`),
  );
}

export const DisplayNameField = visibleText(LIMITS.displayNameLength);
/** Compared by everybody's spelling, so case does not count. */
export const TraitField = v.pipe(
  visibleText(LIMITS.traitLength),
  v.transform((value) => value.toLowerCase()),
);
export const EventTitleField = visibleText(LIMITS.eventTitleLength);

/** How a call's media travels: from machine to machine, or over a relay on either side. */
export const MediaPathField = v.picklist(['direct', 'relay']);
export type MediaPath = v.InferOutput<typeof MediaPathField>;

/** What of somebody's media flows: whether camera and microphone send, and whether anything arrives. */
export const MediaStateField = v.strictObject({
  camera: v.boolean(),
  microphone: v.boolean(),
  /** Nothing of the call arrives at the one who says so. */
  deaf: v.optional(v.boolean()),
  /** Counts up within a match, so that the later of two paths' reports wins. */
  sequence: CountField,
});
export type MediaState = v.InferOutput<typeof MediaStateField>;
