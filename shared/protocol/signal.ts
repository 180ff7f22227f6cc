import * as v from 'valibot';
import { CountField } from './fields.ts';
import { LIMITS } from './limits.ts';

/**
 * What the two partners of a match hand each other through the lobby so that their browsers find a
 * path: the shapes are those of WebRTC (RTCSessionDescription, RTCIceCandidate), bounded.
 */

const SdpField = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.sdpLength));

const CandidateSchema = v.object({
  candidate: v.pipe(v.string(), v.maxLength(512)),
  sdpMid: v.nullish(v.pipe(v.string(), v.maxLength(16)), null),
  sdpMLineIndex: v.nullish(v.pipe(CountField, v.maxValue(32)), null),
  usernameFragment: v.nullish(v.pipe(v.string(), v.maxLength(256)), null),
});
export type Candidate = v.InferOutput<typeof CandidateSchema>;
const CandidatesField = v.pipe(v.array(CandidateSchema), v.maxLength(LIMITS.candidatesTogether));

/** PeerJS names each of its connections; answers and candidates quote the name of the offer. */
const ConnectionIdField = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_]{4,64}$/, 'a connection id'));

/** An offer made while its maker waits, so that the partner can answer as soon as they are matched. */
export const OfferAheadSchema = v.strictObject({
  connectionId: ConnectionIdField,
  sdp: SdpField,
  /** Those found before it was sent; later ones follow as signals once there is a match. */
  candidates: CandidatesField,
  /** Made without any address of its maker. */
  relayOnly: v.boolean(),
});
export type OfferAhead = v.InferOutput<typeof OfferAheadSchema>;

export const SignalSchema = v.variant('kind', [
  /** Answers the partner's offer ahead. */
  v.strictObject({
    kind: v.literal('answerAhead'),
    connectionId: ConnectionIdField,
    sdp: SdpField,
  }),
  /** A new negotiation of a call that stands, for a new path: an ICE restart. */
  v.strictObject({ kind: v.literal('offer'), sdp: SdpField, round: CountField }),
  /** `round` is that of the offer; the answer to an offer that was taken back means nothing. */
  v.strictObject({ kind: v.literal('answer'), sdp: SdpField, round: CountField }),
  v.strictObject({ kind: v.literal('candidates'), candidates: CandidatesField }),
  /** Nothing arrives at the sender of this: the other one shall offer a new path. */
  v.strictObject({ kind: v.literal('restart') }),
]);
export type Signal = v.InferOutput<typeof SignalSchema>;
