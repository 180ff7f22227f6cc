import type { Millis } from '../../shared/ids.ts';
import { connectionPoints } from './connectionPoint.ts';
import type { ConnectionQuality } from './connectionQuality.ts';
import type { RtcSample } from './rtcSample.ts';
import type { Verdict } from './verdict.ts';

/** What somebody copies who asks for help. */
export interface SupportFacts {
  /** Of the extension: `0.1.0`. */
  readonly version: string;
  /** Name and main version: `Chromium 156`. */
  readonly browser: string;
  /** At most the last minute. */
  readonly samples: readonly RtcSample[];
  readonly quality: ConnectionQuality;
  readonly verdicts: readonly { readonly at: Millis; readonly kind: Verdict['kind'] }[];
}

/** Three numbers: four could be an address. */
const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}$/;
const BROWSER = /^[A-Za-z ]{1,30} \d{1,4}$/;
const CODEC = /^(?:audio|video)\/[\w-]{1,20}$/;
const LEVELS = ['good', 'fair', 'poor'] as const;
const TROUBLES = ['none', 'incoming', 'outgoing', 'delay'] as const;
const CANDIDATES = ['host', 'srflx', 'prflx', 'relay'] as const;
const PROTOCOLS = ['udp', 'tcp', 'tls'] as const;
const REASONS = ['none', 'cpu', 'bandwidth', 'other'] as const;
const VERDICTS = [
  'flowing',
  'cameraOff',
  'senderStopped',
  'decoderStall',
  'networkStall',
  'deafPartner',
] as const;

/**
 * The state of a call as JSON for people to read. Every field is named here one by one, numbers are
 * numbers and words are of a known kind, so that no name, address, id or device can get into it,
 * whatever a browser puts into its statistics. Times are seconds before now.
 */
export function supportReport(facts: SupportFacts): string {
  const last = facts.samples.at(-1);
  const now = last?.at ?? 0;
  const ago = (at: Millis) => round((now - at) / 1_000);
  return JSON.stringify(
    {
      foyer: fitting(facts.version, VERSION),
      browser: fitting(facts.browser, BROWSER),
      quality: {
        level: oneOf(LEVELS, facts.quality.level),
        trouble: oneOf(TROUBLES, facts.quality.trouble),
      },
      path: pathOf(last),
      incoming: incomingOf(last),
      outgoing: outgoingOf(last),
      verdicts: facts.verdicts.map(({ at, kind }) => ({
        secondsAgo: ago(at),
        verdict: oneOf(VERDICTS, kind),
      })),
      lastMinute: connectionPoints(facts.samples).map((point) => ({
        secondsAgo: ago(point.at),
        roundTripMs: round(point.roundTripMs),
        lossPercent: round(point.lossPercent),
        framesPerSecond: round(point.framesPerSecond),
        incomingKbps: round(point.incomingBitrate, 1_000),
        outgoingKbps: round(point.outgoingBitrate, 1_000),
      })),
    },
    null,
    1,
  );
}

function pathOf(sample: RtcSample | undefined) {
  const path = sample?.path;
  if (!path) return null;
  return {
    own: oneOf(CANDIDATES, path.own),
    partner: oneOf(CANDIDATES, path.partner),
    protocol: oneOf(PROTOCOLS, path.protocol),
    relayProtocol: oneOf(PROTOCOLS, path.relayProtocol),
    availableOutgoingKbps: round(path.availableOutgoingBitrate, 1_000),
  };
}

function incomingOf(sample: RtcSample | undefined) {
  const video = sample?.videoIn ?? null;
  const audio = sample?.audioIn ?? null;
  return {
    video: video && {
      codec: fitting(video.codec, CODEC),
      width: round(video.width),
      height: round(video.height),
      framesDecoded: round(video.framesDecoded),
      keyFramesDecoded: round(video.keyFramesDecoded),
      freezes: round(video.freezes),
      frozenMs: round(video.frozenMs),
      jitterMs: round(video.jitterMs),
    },
    audio: audio && { codec: fitting(audio.codec, CODEC), jitterMs: round(audio.jitterMs) },
  };
}

function outgoingOf(sample: RtcSample | undefined) {
  const video = sample?.videoOut ?? null;
  const audio = sample?.audioOut ?? null;
  return {
    video: video && {
      codec: fitting(video.codec, CODEC),
      width: round(video.width),
      height: round(video.height),
      limitedBy: oneOf(REASONS, video.limitedBy),
      reportedLossPercent: round(percent(video.reportedLoss)),
    },
    audio: audio && {
      codec: fitting(audio.codec, CODEC),
      reportedLossPercent: round(percent(audio.reportedLoss)),
    },
  };
}

function fitting(text: string, pattern: RegExp): string | null {
  return pattern.test(text) ? text : null;
}

function oneOf<Word extends string>(words: readonly Word[], word: Word | null): Word | null {
  return words.find((known) => known === word) ?? null;
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

/** One decimal, in units of `unit`; what is no number is nothing. */
function round(value: number | null, unit = 1): number | null {
  return typeof value === 'number' ? Math.round((10 * value) / unit) / 10 : null;
}
