import type { Millis } from '../../shared/ids.ts';

/**
 * What the last seconds of a call say about the partner's picture and sound. `since`: from when on
 * nothing more came. Made by media/stall/judge.ts.
 */
export type Verdict =
  | { readonly kind: 'flowing' }
  /** The partner said so; sound goes on. */
  | { readonly kind: 'cameraOff' }
  /** The connection lives, no picture is sent, and nobody said why: a hidden or broken sender. */
  | { readonly kind: 'senderStopped'; readonly since: Millis }
  /** Pictures are sent and none can be shown: a key frame is missing. */
  | { readonly kind: 'decoderStall'; readonly since: Millis }
  /** Not one byte comes in. */
  | { readonly kind: 'networkStall'; readonly since: Millis }
  /** All is well here, but the partner reports that nothing arrives there. */
  | { readonly kind: 'deafPartner'; readonly since: Millis };
