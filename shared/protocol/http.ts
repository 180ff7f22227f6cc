import * as v from 'valibot';
import {
  CountField,
  DisplayNameField,
  EventIdField,
  EventKeyField,
  EventTitleField,
  TicketField,
  TimestampField,
  TokenField,
} from './fields.ts';
import { LIMITS } from './limits.ts';
import { ANYBODY, WhoMeetsField } from './whoMeets.ts';

/**
 * The HTTP interface, JSON both ways. Errors are `{ error: { reason, message } }` with a 4xx or 5xx
 * status; `reason` is for programs, `message` is a sentence for people.
 *
 * | route | who | request → answer |
 * | --- | --- | --- |
 * | `POST /api/events` | anybody | RegisterRequest → 201 RegisterAnswer |
 * | `GET /api/lookup/:prefix` | anybody | → 200 LookupAnswer |
 * | `POST /api/events/:eventId/join` | anybody; an unlisted event wants the invite | JoinRequest → 200 JoinAnswer |
 * | `GET /api/events/:eventId/invite` | bearer: invite token | → 200 InviteAnswer |
 * | `GET /api/events/:eventId/console` | bearer: owner secret | → 200 ConsoleAnswer |
 * | `PATCH /api/events/:eventId` | bearer: owner secret | ChangeRequest → 200 ConsoleAnswer |
 * | `GET /healthz`, `GET /readyz` | anybody | → 200 or 503 HealthAnswer |
 */

// ---- errors -----------------------------------------------------------------------------------

export const ErrorReasonField = v.picklist([
  'badRequest',
  'notAnEventUrl',
  'noRelay',
  'urlTaken',
  /** The event is not any more as the owner saw it. */
  'changedMeanwhile',
  'unauthorized',
  'notFound',
  'notOpenYet',
  'closed',
  'originRefused',
  'tooMany',
  'tooLarge',
  'unavailable',
  /** The server goes down in a moment; another one, or this one, is there soon. */
  'restarting',
  'internal',
]);
export type ErrorReason = v.InferOutput<typeof ErrorReasonField>;

export const ErrorAnswerSchema = v.object({
  error: v.object({ reason: ErrorReasonField, message: v.string() }),
});
export type ErrorAnswer = v.InferOutput<typeof ErrorAnswerSchema>;

// ---- events -----------------------------------------------------------------------------------

/** An address as an organizer gives it; the server keeps only its key and its public address. */
const EventAddressSchema = v.strictObject({
  url: v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.urlLength)),
  /** Parameters that choose the talk on a site Foyer does not know (`session`, `room`). */
  parameters: v.optional(
    v.pipe(
      v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]{1,40}$/, 'a parameter name'))),
      v.maxLength(LIMITS.parametersPerUrl),
    ),
    [],
  ),
});
export type EventAddress = v.InferOutput<typeof EventAddressSchema>;

const CallSecondsField = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(LIMITS.callSecondsMin),
  v.maxValue(LIMITS.callSecondsMax),
);

/** Who leaves a call earlier waits out the rest before they meet the next; at most a quarter of the call. */
const MinimumSecondsField = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(LIMITS.minimumSecondsMax),
);

/** Everybody who is ready is introduced at the same moment, and nobody in between. */
const RoundsField = v.strictObject({
  firstAt: TimestampField,
  everyMinutes: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(LIMITS.roundMinutesMin),
    v.maxValue(LIMITS.roundMinutesMax),
  ),
});
export type EventRounds = v.InferOutput<typeof RoundsField>;

const AddressesField = v.pipe(
  v.array(EventAddressSchema),
  v.minLength(1),
  v.maxLength(LIMITS.urlsPerEvent),
);

/** `listed`: found by everybody on its pages. `unlisted`: a private group, entered by invite. */
const VisibilityField = v.picklist(['listed', 'unlisted']);

export const RegisterRequestSchema = v.strictObject({
  title: EventTitleField,
  addresses: AddressesField,
  callSeconds: v.optional(CallSecondsField, LIMITS.callSecondsDefault),
  visibility: v.optional(VisibilityField, 'listed'),
  /** Opening hours; null leaves that side open. */
  opensAt: v.optional(v.nullable(TimestampField), null),
  closesAt: v.optional(v.nullable(TimestampField), null),
  /** Nobody here learns a partner's network address; calls then need the server's relay. */
  relayOnly: v.optional(v.boolean(), false),
  whoMeets: v.optional(WhoMeetsField, ANYBODY),
  minimumSeconds: v.optional(MinimumSecondsField, 0),
  /** Null: people are introduced at any time. */
  rounds: v.optional(v.nullable(RoundsField), null),
});
export type RegisterRequest = v.InferInput<typeof RegisterRequestSchema>;

/** An event as its owner sees it. */
const OwnedEventSchema = v.object({
  eventId: EventIdField,
  title: EventTitleField,
  visibility: VisibilityField,
  /** Each with the key the extension will see and the address without private parts. */
  addresses: v.array(
    v.object({
      key: EventKeyField,
      url: v.string(),
      parameters: v.array(v.string()),
    }),
  ),
  callSeconds: CallSecondsField,
  opensAt: v.nullable(TimestampField),
  closesAt: v.nullable(TimestampField),
  /** Closed by the owner; opened again the same way. */
  closed: v.boolean(),
  /** By the owner: people gather and calls go on, and nobody is introduced to anybody. */
  paused: v.boolean(),
  rounds: v.nullable(RoundsField),
  relayOnly: v.boolean(),
  whoMeets: v.optional(WhoMeetsField, ANYBODY),
  minimumSeconds: v.optional(MinimumSecondsField, 0),
  /** In each, two people meet at most once. */
  cycle: v.optional(CountField, 1),
});
export type OwnedEvent = v.InferOutput<typeof OwnedEventSchema>;

export const RegisterAnswerSchema = v.object({
  event: OwnedEventSchema,
  /** Shown once; the server keeps only its hash. */
  ownerSecret: TokenField,
  /** Page of the owner; the secret is in the fragment, which browsers do not send. */
  ownerUrl: v.string(),
  /** Only for unlisted events: opens the stream's page and enters the group. */
  inviteToken: v.nullable(TokenField),
  inviteUrl: v.nullable(v.string()),
});
export type RegisterAnswer = v.InferOutput<typeof RegisterAnswerSchema>;

/** What is absent stays as it is. */
export const ChangeRequestSchema = v.strictObject({
  title: v.optional(EventTitleField),
  addresses: v.optional(AddressesField),
  callSeconds: v.optional(CallSecondsField),
  opensAt: v.optional(v.nullable(TimestampField)),
  closesAt: v.optional(v.nullable(TimestampField)),
  closed: v.optional(v.boolean()),
  paused: v.optional(v.boolean()),
  rounds: v.optional(v.nullable(RoundsField)),
  relayOnly: v.optional(v.boolean()),
  whoMeets: v.optional(WhoMeetsField),
  minimumSeconds: v.optional(MinimumSecondsField),
  /** One more than it was lets those who have met meet again; it is not taken back. */
  cycle: v.optional(v.pipe(CountField, v.minValue(1))),
});
export type ChangeRequest = v.InferInput<typeof ChangeRequestSchema>;

export const ConsoleAnswerSchema = v.object({
  event: OwnedEventSchema,
  counts: v.object({
    here: CountField,
    /** Null below LIMITS.organizerMinimumGroup people: too few to stay anonymous. */
    waiting: v.nullable(CountField),
    inCall: v.nullable(CountField),
    /** Pairs that have met in this cycle; null below the same number of people. */
    met: v.nullable(CountField),
  }),
});
export type ConsoleAnswer = v.InferOutput<typeof ConsoleAnswerSchema>;

// ---- lookup -----------------------------------------------------------------------------------

/** Lowercase hexadecimal SHA-256 of an event key. */
const KeyHashField = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a SHA-256'));

export const LookupPrefixField = v.pipe(
  v.string(),
  v.regex(new RegExp(`^[0-9a-f]{${LIMITS.lookupPrefixLength}}$`), 'five hexadecimal digits'),
);

const LookupEntrySchema = v.object({
  keyHash: KeyHashField,
  eventId: EventIdField,
  title: EventTitleField,
  /** People in the lobby at this moment. */
  here: CountField,
  /** `soon`: before its opening hours. */
  state: v.picklist(['open', 'soon', 'closed']),
  opensAt: v.nullable(TimestampField),
  /** What the panel need not ask of people is not asked. */
  whoMeets: v.optional(WhoMeetsField, ANYBODY),
});
export type LookupEntry = v.InferOutput<typeof LookupEntrySchema>;

/** Everything registered under a hash prefix; the browser picks its own, the server never learns which. */
export const LookupAnswerSchema = v.object({
  events: v.array(LookupEntrySchema),
  /** Registrations that name parameters: for a page whose bare key has this hash, ask again with them. */
  parameters: v.array(v.object({ keyHash: KeyHashField, names: v.array(v.string()) })),
});
export type LookupAnswer = v.InferOutput<typeof LookupAnswerSchema>;

// ---- joining ----------------------------------------------------------------------------------

export const JoinRequestSchema = v.strictObject({
  displayName: DisplayNameField,
  /** Random, made and kept by the browser: the same person again meets nobody twice. */
  deviceToken: TokenField,
  /** Only for unlisted events. */
  inviteToken: v.optional(TokenField),
});
export type JoinRequest = v.InferInput<typeof JoinRequestSchema>;

export const JoinAnswerSchema = v.object({
  /** Single use, LIMITS.ticketTtlMs. */
  ticket: TicketField,
  /** `ws(s)://…` of the node that owns the lobby. */
  lobbyUrl: v.string(),
  /** `http(s)://host[:port]/path/`: where PeerJS finds its broker. */
  brokerUrl: v.string(),
  /** The organizer hides everybody's address from everybody. */
  relayOnly: v.boolean(),
  eventTitle: EventTitleField,
});
export type JoinAnswer = v.InferOutput<typeof JoinAnswerSchema>;

export const InviteAnswerSchema = v.object({
  eventId: EventIdField,
  title: EventTitleField,
  /** The stream's page. */
  streamUrl: v.string(),
  key: EventKeyField,
  here: CountField,
  whoMeets: v.optional(WhoMeetsField, ANYBODY),
});
export type InviteAnswer = v.InferOutput<typeof InviteAnswerSchema>;

export const HealthAnswerSchema = v.object({
  status: v.picklist(['ok', 'starting', 'stopping', 'failing']),
  /** With *failing*: what cannot be reached. */
  parts: v.optional(v.array(v.picklist(['database', 'directory']))),
});
export type HealthAnswer = v.InferOutput<typeof HealthAnswerSchema>;
