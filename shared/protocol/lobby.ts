import * as v from 'valibot';
import {
  CountField,
  DisplayNameField,
  EventTitleField,
  MatchIdField,
  MediaPathField,
  MediaStateField,
  MillisField,
  PeerIdField,
  TicketField,
  TokenField,
  TraitField,
} from './fields.ts';
import { CodecPlanSchema } from '../codecs/capabilities.ts';
import { IceServerSchema } from './iceServer.ts';
import { LIMITS } from './limits.ts';
import { OfferAheadSchema, SignalSchema } from './signal.ts';
import { WishesSchema } from './wishes.ts';

/** The lobby socket, both directions. Text frames, one JSON object each. */

// ---- client to server -------------------------------------------------------------------------

const version = v.pipe(v.number(), v.integer());

export const ClientMessageSchema = v.variant('type', [
  /** First frame after a join: takes a seat. */
  v.strictObject({ type: v.literal('hello'), version, ticket: TicketField }),
  /** First frame after a dropped socket: takes the kept seat again. */
  v.strictObject({
    type: v.literal('resume'),
    version,
    resumeToken: TokenField,
    /** Without it nothing is said again: the welcome stands for all (numbered.ts). */
    heard: v.optional(CountField),
  }),
  /** Wants to meet somebody now. Without wishes nothing is known and nothing is asked for. */
  v.strictObject({
    type: v.literal('ready'),
    wishes: v.optional(WishesSchema),
    /** The panel says so by itself, after a call; the person pressed nothing. */
    automatic: v.optional(v.literal(true)),
  }),
  /** The person is there: they used the panel. Also answers *areYouThere*. */
  v.strictObject({ type: v.literal('present') }),
  /** For the next match, while waiting; `peerId` is the broker seat it was made for. */
  v.strictObject({ type: v.literal('offerAhead'), peerId: PeerIdField, offer: OfferAheadSchema }),
  /** To the partner, through the lobby. */
  v.strictObject({ type: v.literal('signal'), matchId: MatchIdField, signal: SignalSchema }),
  v.strictObject({ type: v.literal('notReady') }),
  /** The partner's picture or sound arrives here. The call's time starts when both have said so. */
  v.strictObject({
    type: v.literal('mediaFlowing'),
    matchId: MatchIdField,
    /** For the operator's figures alone; left out where the browser does not say. */
    path: v.optional(MediaPathField),
  }),
  v.strictObject({ type: v.literal('mediaState'), matchId: MatchIdField, state: MediaStateField }),
  /** More time, which comes if the partner asks as well; the partner is not told of this alone. */
  v.strictObject({ type: v.literal('wantMore'), matchId: MatchIdField }),
  /** Ends the conversation, stays in the lobby. */
  v.strictObject({
    type: v.literal('endCall'),
    matchId: MatchIdField,
    reason: v.picklist(['left', 'failed']),
  }),
  /**
   * Ends the conversation, if it is still on, and never meets that partner again in this event. The
   * partner hears only that it ended. Said again at a fresh seat, it holds though the server has
   * forgotten the match.
   */
  v.strictObject({
    type: v.literal('block'),
    /** The call that ends with it; absent where the block is only said again. */
    matchId: v.optional(MatchIdField),
    partnerSeal: TokenField,
  }),
  /** Gives the seat up. */
  v.strictObject({ type: v.literal('leave') }),
  /** `heard`: how many of the server's numbered messages have come. */
  v.strictObject({ type: v.literal('ping'), heard: v.optional(CountField) }),
]);
export type ClientMessage = v.InferOutput<typeof ClientMessageSchema>;

// ---- server to client -------------------------------------------------------------------------

const PresenceSchema = v.strictObject({
  /** Members of the lobby, oneself included. */
  here: CountField,
  /** Those who wait for a partner at this moment, oneself included. */
  waiting: CountField,
});
export type Presence = v.InferOutput<typeof PresenceSchema>;

/** Whether people are introduced to each other at this moment; calls go on in any case. */
const PairingSchema = v.variant('state', [
  v.strictObject({ state: v.literal('running') }),
  /** By the organizer, until they go on. */
  v.strictObject({ state: v.literal('paused') }),
  /** Everybody who is ready then is introduced at the same moment. */
  v.strictObject({ state: v.literal('betweenRounds'), nextInMs: MillisField }),
]);
export type Pairing = v.InferOutput<typeof PairingSchema>;

/** Of one member: credentials for relays are theirs alone where the relay allows that. */
const IceServersField = v.array(IceServerSchema);

/**
 * A place at the PeerJS broker: fresh for each match, and open while its owner waits for it. With a
 * longer wait comes another one, because credentials for relays end.
 */
const BrokerSeatSchema = v.strictObject({
  peerId: PeerIdField,
  brokerToken: TokenField,
  iceServers: IceServersField,
});
export type BrokerSeat = v.InferOutput<typeof BrokerSeatSchema>;

/** All that one side needs to call the other. Fresh for each match, void after it. */
const MatchSchema = v.strictObject({
  matchId: MatchIdField,
  partnerName: DisplayNameField,
  /** Tells the server, and nobody else, who the partner is: for *block*. */
  partnerSeal: TokenField,
  /** The caller dials `partnerPeerId`; the callee waits to be dialled. */
  role: v.picklist(['caller', 'callee']),
  peerId: PeerIdField,
  brokerToken: TokenField,
  /** As fresh as the match. */
  iceServers: IceServersField,
  partnerPeerId: PeerIdField,
  /**
   * `none`: the caller dials over the broker. `taken`: the caller's offer ahead is at the partner,
   * whose answer comes through the lobby. Else the offer that the callee shall answer so.
   */
  offer: v.union([v.picklist(['none', 'taken']), OfferAheadSchema]),
  codecs: CodecPlanSchema,
  /** What both like to talk about, as they named it; absent where that is nothing. */
  topics: v.optional(v.pipe(v.array(TraitField), v.maxLength(LIMITS.traitsOfAKind))),
  /** Neither side learns an address of the other: both use relays alone. */
  relayOnly: v.boolean(),
  /** Length of the conversation once media flows, without the goodbye. */
  callMs: MillisField,
  /** What the two can add to that when both ask. */
  moreMs: MillisField,
});
export type Match = v.InferOutput<typeof MatchSchema>;

/** They left a conversation before its minimum time was over, and meet nobody for so long. */
const NotBeforeField = v.optional(MillisField);

/** `asked`: by oneself, and the partner has not (yet). `added`: no more is to be had. */
const MoreTimeField = v.picklist(['open', 'asked', 'added']);
export type MoreTime = v.InferOutput<typeof MoreTimeField>;

/** Where a member stands; complete, so that a resumed client needs nothing else. */
const SeatSchema = v.variant('phase', [
  v.strictObject({ phase: v.literal('idle') }),
  v.strictObject({
    phase: v.literal('waiting'),
    broker: BrokerSeatSchema,
    notBeforeMs: NotBeforeField,
  }),
  v.strictObject({
    phase: v.literal('connecting'),
    match: MatchSchema,
    remainingMs: MillisField,
    partnerMedia: v.nullable(MediaStateField),
    partnerUp: v.boolean(),
    moreTime: MoreTimeField,
  }),
  v.strictObject({
    phase: v.literal('live'),
    match: MatchSchema,
    remainingMs: MillisField,
    partnerMedia: v.nullable(MediaStateField),
    partnerUp: v.boolean(),
    moreTime: MoreTimeField,
  }),
  v.strictObject({
    phase: v.literal('goodbye'),
    match: MatchSchema,
    remainingMs: MillisField,
    partnerMedia: v.nullable(MediaStateField),
    partnerUp: v.boolean(),
    moreTime: MoreTimeField,
  }),
]);
export type SeatView = v.InferOutput<typeof SeatSchema>;

export const EndReasonField = v.picklist([
  'timeUp',
  'partnerLeft',
  'youLeft',
  'connectFailed',
  /** It had stood, broke, and could not be repaired. */
  'connectionLost',
  'lobbyClosed',
]);
export type EndReason = v.InferOutput<typeof EndReasonField>;

export const ServerMessageSchema = v.variant('type', [
  /** Answers *resume*: the messages from this number on follow, and then the welcome. */
  v.strictObject({ type: v.literal('replay'), from: v.pipe(CountField, v.minValue(1)) }),
  /** Answers *hello* and *resume*. */
  v.strictObject({
    type: v.literal('welcome'),
    resumeToken: TokenField,
    /** How many of the client's numbered messages have come; those after it are to be said again. */
    heard: CountField,
    eventTitle: EventTitleField,
    presence: PresenceSchema,
    /** The server has a relay at this moment: without one nobody can be hidden. */
    relayAvailable: v.boolean(),
    pairing: PairingSchema,
    seat: SeatSchema,
  }),
  v.strictObject({ type: v.literal('pairing'), pairing: PairingSchema }),
  v.strictObject({ type: v.literal('presence'), presence: PresenceSchema }),
  /** The relay failed, or is back. */
  v.strictObject({ type: v.literal('relay'), available: v.boolean() }),
  v.strictObject({
    type: v.literal('waiting'),
    broker: BrokerSeatSchema,
    notBeforeMs: NotBeforeField,
  }),
  v.strictObject({
    type: v.literal('expectedWait'),
    /** Until they will probably be matched; null when nobody can know any more. */
    waitMs: v.nullable(MillisField),
    /** In this cycle of the event they have met everybody who is here. */
    metEverybody: v.optional(v.literal(true)),
  }),
  /** The owner lets people who have met meet again. */
  v.strictObject({ type: v.literal('newCycle') }),
  /** `noAnswer`: they were asked whether they are there, and did not answer in time. */
  v.strictObject({ type: v.literal('idle'), reason: v.optional(v.literal('noAnswer')) }),
  /** To be answered with *present*; until then nobody is introduced to this member. */
  v.strictObject({ type: v.literal('areYouThere'), answerInMs: MillisField }),
  v.strictObject({ type: v.literal('matched'), match: MatchSchema }),
  /**
   * Media flows on both sides: the time runs. Repeated at the cues, to keep the clocks together, and
   * when time was added: it then runs on, out of the goodbye too.
   */
  v.strictObject({
    type: v.literal('live'),
    matchId: MatchIdField,
    remainingMs: MillisField,
    /** Both have asked for more, and this is with it. */
    extended: v.optional(v.literal(true)),
  }),
  v.strictObject({ type: v.literal('goodbye'), matchId: MatchIdField, remainingMs: MillisField }),
  v.strictObject({
    type: v.literal('partnerMedia'),
    matchId: MatchIdField,
    state: MediaStateField,
  }),
  /** The partner's own line to the lobby broke, or is back. The call may go on without it. */
  v.strictObject({ type: v.literal('partnerLink'), matchId: MatchIdField, up: v.boolean() }),
  v.strictObject({ type: v.literal('signal'), matchId: MatchIdField, signal: SignalSchema }),
  /** For the next restart of this call: the match's own credentials end. */
  v.strictObject({
    type: v.literal('iceServers'),
    matchId: MatchIdField,
    iceServers: IceServersField,
  }),
  v.strictObject({
    type: v.literal('ended'),
    matchId: MatchIdField,
    reason: EndReasonField,
    /** The server has put this member back into the queue, at its head. */
    requeued: v.boolean(),
    notBeforeMs: NotBeforeField,
  }),
  v.strictObject({ type: v.literal('pong'), heard: CountField }),
]);
export type ServerMessage = v.InferOutput<typeof ServerMessageSchema>;
