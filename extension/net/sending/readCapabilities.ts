import {
  BASIC_CAPABILITIES,
  CORES_TOLD_AT_MOST,
  VIDEO_CODECS,
  type Capabilities,
  type VideoCodec,
} from '../../../shared/codecs/capabilities.ts';
import type { Millis } from '../../../shared/ids.ts';

/** The part of a browser that says what it can do; each may be missing, slow or refused. */
export interface CapabilitySources {
  /** Lists as RTCRtpSender and RTCRtpReceiver give them; null without WebRTC. */
  sendable(kind: 'audio' | 'video'): RTCRtpCapabilities | null;
  receivable(kind: 'audio' | 'video'): RTCRtpCapabilities | null;
  /** Whether encoding a camera's picture costs this machine little. */
  encodesCheaply(codec: VideoCodec): Promise<boolean>;
  /** Rejects where the page may not know. */
  isCharging(): Promise<boolean>;
  cores(): number | null;
}

/** Reading takes some 10 ms; whoever waits longer for it would wait for a partner, too. */
const PATIENCE_MS: Millis = 500;

/** A question that is not answered in time has the careful answer. */
export async function readCapabilities(
  sources: CapabilitySources,
  within: <T>(answer: Promise<T>, ms: Millis, otherwise: T) => Promise<T> = firstOf,
): Promise<Capabilities> {
  const sends = codecNames(sources.sendable('video'));
  const receives = codecNames(sources.receivable('video'));
  if (sends.size === 0 && receives.size === 0) return BASIC_CAPABILITIES;
  const [charging, cheap] = await Promise.all([
    within(
      sources.isCharging().catch(() => null),
      PATIENCE_MS,
      null,
    ),
    Promise.all(
      VIDEO_CODECS.map((codec) =>
        within(
          sources.encodesCheaply(codec).catch(() => false),
          PATIENCE_MS,
          false,
        ),
      ),
    ),
  ]);
  const hardware = new Map(VIDEO_CODECS.map((codec, index) => [codec, cheap[index] === true]));
  const supportOf = (codec: VideoCodec) => ({
    send: sends.has(codec),
    receive: receives.has(codec),
    hardware: sends.has(codec) && hardware.get(codec) === true,
  });
  const cores = sources.cores();
  return {
    video: {
      VP8: supportOf('VP8'),
      VP9: supportOf('VP9'),
      H264: supportOf('H264'),
      AV1: supportOf('AV1'),
    },
    redundantAudio:
      codecNames(sources.sendable('audio')).has('red') &&
      codecNames(sources.receivable('audio')).has('red'),
    cores: cores === null ? null : Math.min(CORES_TOLD_AT_MOST, Math.max(1, Math.floor(cores))),
    power: charging === null ? 'unknown' : charging ? 'mains' : 'battery',
  };
}

function codecNames(capabilities: RTCRtpCapabilities | null): ReadonlySet<string> {
  const names = capabilities?.codecs.map(({ mimeType }) => mimeType.replace(/^\w+\//u, '')) ?? [];
  return new Set(names);
}

function firstOf<T>(answer: Promise<T>, ms: Millis, otherwise: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(otherwise), ms);
    void answer.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
