import * as v from 'valibot';

/** The video codecs that browsers agree about; whatever else they offer is left out of a call. */
export const VIDEO_CODECS = ['VP8', 'VP9', 'H264', 'AV1'] as const;

const VideoCodecField = v.picklist(VIDEO_CODECS);
export type VideoCodec = v.InferOutput<typeof VideoCodecField>;

/** Above this nothing is decided by the number, so it need not tell one machine from another. */
export const CORES_TOLD_AT_MOST = 16;

const CodecSupportSchema = v.strictObject({
  send: v.boolean(),
  receive: v.boolean(),
  /** Encoding is cheap for this machine: it has hardware for it. */
  hardware: v.boolean(),
});

/** What a browser can do with a call's media. Goes to the server with *ready*, never to the partner. */
export const CapabilitiesSchema = v.strictObject({
  video: v.strictObject({
    VP8: CodecSupportSchema,
    VP9: CodecSupportSchema,
    H264: CodecSupportSchema,
    AV1: CodecSupportSchema,
  } satisfies Record<VideoCodec, typeof CodecSupportSchema>),
  /** Opus with each packet's predecessor inside (RFC 2198): a lost packet is heard all the same. */
  redundantAudio: v.boolean(),
  /** Logical cores; null where the browser does not say. */
  cores: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(CORES_TOLD_AT_MOST))),
  power: v.picklist(['mains', 'battery', 'unknown']),
});
export type Capabilities = v.InferOutput<typeof CapabilitiesSchema>;

/** What two partners use with each other: the same for both, so that either may offer. */
export const CodecPlanSchema = v.strictObject({
  /** Best first; empty: they have none in common, and the call is an honest audio-only one. */
  video: v.pipe(v.array(VideoCodecField), v.maxLength(VIDEO_CODECS.length)),
  redundantAudio: v.boolean(),
});
export type CodecPlan = v.InferOutput<typeof CodecPlanSchema>;

const NO_SUPPORT = { send: false, receive: false, hardware: false } as const;

/** What is taken for true of a browser that did not say in time: every browser can do this much. */
export const BASIC_CAPABILITIES: Capabilities = {
  video: {
    VP8: { send: true, receive: true, hardware: false },
    VP9: NO_SUPPORT,
    H264: NO_SUPPORT,
    AV1: NO_SUPPORT,
  },
  redundantAudio: false,
  cores: null,
  power: 'unknown',
};
