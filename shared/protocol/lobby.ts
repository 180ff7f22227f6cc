import * as v from 'valibot';
import {
  CountField,
  DisplayNameField,
  EventTitleField,
  MatchIdField,
  MediaStateField,
  MillisField,
  PeerIdField,
  TokenField,
} from './fields.ts';

/** The lobby socket, both directions. Text frames, one JSON object each. */

// ---- client to server -------------------------------------------------------------------------

const version = v.pipe(v.number(), v.integer());

export const ClientMessageSchema = v.variant('type', [
  /** First frame after a join: takes a seat. */
  v.strictObject({ type: v.literal('hello'), version, ticket: TokenField }),
  /** First frame after a dropped socket: takes the kept seat again. */
  v.strictObject({ type: v.literal('resume'), version, resumeToken: TokenField }),
  /** Wants to meet somebody now. */
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('notReady') }),
  /** The partner's picture or sound arrives here. The call's time starts when both have said so. */
  v.strictObject({ type: v.literal('mediaFlowing'), matchId: MatchIdField }),
  v.strictObject({ type: v.literal('mediaState'), matchId: MatchIdField, state: MediaStateField }),
  /** Ends the conversation, stays in the lobby. */
  v.strictObject({
    type: v.literal('endCall'),
    matchId: MatchIdField,
    reason: v.picklist(['left', 'failed']),
  }),
  /** Gives the seat up. */
  v.strictObject({ type: v.literal('leave') }),
  v.strictObject({ type: v.literal('ping') }),
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

/** All that one side needs to call the other. Fresh for each match, void after it. */
const MatchSchema = v.strictObject({
  matchId: MatchIdField,
  partnerName: DisplayNameField,
  /** The caller dials `partnerPeerId`; the callee waits to be dialled. */
  role: v.picklist(['caller', 'callee']),
  peerId: PeerIdField,
  brokerToken: TokenField,
  partnerPeerId: PeerIdField,
  /** Length of the conversation once media flows, without the goodbye. */
  callMs: MillisField,
});
export type Match = v.InferOutput<typeof MatchSchema>;

/** Where a member stands; complete, so that a resumed client needs nothing else. */
const SeatSchema = v.variant('phase', [
  v.strictObject({ phase: v.literal('idle') }),
  v.strictObject({ phase: v.literal('waiting') }),
  v.strictObject({
    phase: v.literal('connecting'),
    match: MatchSchema,
    remainingMs: MillisField,
    partnerMedia: v.nullable(MediaStateField),
  }),
  v.strictObject({
    phase: v.literal('live'),
    match: MatchSchema,
    remainingMs: MillisField,
    partnerMedia: v.nullable(MediaStateField),
  }),
  v.strictObject({
    phase: v.literal('goodbye'),
    match: MatchSchema,
    remainingMs: MillisField,
    partnerMedia: v.nullable(MediaStateField),
  }),
]);
export type SeatView = v.InferOutput<typeof SeatSchema>;

export const EndReasonField = v.picklist([
  'timeUp',
  'partnerLeft',
  'youLeft',
  'connectFailed',
  'lobbyClosed',
]);
export type EndReason = v.InferOutput<typeof EndReasonField>;

export const ServerMessageSchema = v.variant('type', [
  /** Answers *hello* and *resume*. */
  v.strictObject({
    type: v.literal('welcome'),
    resumeToken: TokenField,
    eventTitle: EventTitleField,
    presence: PresenceSchema,
    seat: SeatSchema,
  }),
  v.strictObject({ type: v.literal('presence'), presence: PresenceSchema }),
  v.strictObject({ type: v.literal('waiting') }),
  v.strictObject({ type: v.literal('idle') }),
  v.strictObject({ type: v.literal('matched'), match: MatchSchema }),
  /** Media flows on both sides: the time runs. Repeated at the cues, to keep the clocks together. */
  v.strictObject({ type: v.literal('live'), matchId: MatchIdField, remainingMs: MillisField }),
  v.strictObject({ type: v.literal('goodbye'), matchId: MatchIdField, remainingMs: MillisField }),
  v.strictObject({
    type: v.literal('partnerMedia'),
    matchId: MatchIdField,
    state: MediaStateField,
  }),
  v.strictObject({
    type: v.literal('ended'),
    matchId: MatchIdField,
    reason: EndReasonField,
    /** The server has put this member back into the queue, at its head. */
    requeued: v.boolean(),
  }),
  v.strictObject({ type: v.literal('pong') }),
]);
export type ServerMessage = v.InferOutput<typeof ServerMessageSchema>;
