import * as v from 'valibot';
import { ChatTextField, MediaStateField } from './fields.ts';

/**
 * What two partners tell each other directly, over the data channel of their call. It keeps working
 * while the server is away; what also travels over the lobby socket carries a sequence number.
 */
export const PeerMessageSchema = v.variant('type', [
  v.strictObject({ type: v.literal('mediaState'), state: MediaStateField }),
  /** Pictures arrive and none can be shown: the next one sent shall be a whole one. */
  v.strictObject({ type: v.literal('keyframeWanted') }),
  /** A line of text: for somebody without camera and microphone the whole conversation. */
  v.strictObject({ type: v.literal('chat'), text: ChatTextField }),
  /** The sender's connection is too weak for a picture beside the sound; not a camera that is off. */
  v.strictObject({ type: v.literal('pictureHeld'), held: v.boolean() }),
  /** The sender ends the conversation: told apart from a connection that broke. */
  v.strictObject({ type: v.literal('bye') }),
]);
export type PeerMessage = v.InferOutput<typeof PeerMessageSchema>;
