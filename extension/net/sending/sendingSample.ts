import type { Millis } from '../../../shared/ids.ts';

/** What a sender can know of its way to the partner; null where a browser does not say. */
export interface SendingSample {
  /** Monotonic. */
  readonly at: Millis;
  /** All that the transport has taken in: without the partner's reports an estimate means nothing. */
  readonly bytesReceived: number;
  /** The browser's estimate, bits a second; Chromium only. */
  readonly availableBitrate: number | null;
  readonly roundTripMs: Millis | null;
  /** Share of the picture's packets that the partner reports as lost of late, 0–1. */
  readonly reportedLoss: number | null;
  readonly framesPerSecond: number | null;
  /** Why less than the camera's picture is sent; Chromium only. */
  readonly limitedBy: 'none' | 'cpu' | 'bandwidth' | 'other' | null;
  /** Length of the camera picture's shorter side, px. */
  readonly sourceLines: number | null;
}

/** Reads a connection once; of several streams (a restart may leave one behind) the last counts. */
export async function readSendingSample(connection: RTCPeerConnection): Promise<SendingSample> {
  const reports = new Map<string, Record<string, unknown>>(await connection.getStats());
  const all = [...reports.values()];
  const transport = all.find(({ type }) => type === 'transport');
  const pair =
    reports.get(String(transport?.['selectedCandidatePairId'])) ??
    all.find(({ type, nominated, state }) => {
      return type === 'candidate-pair' && nominated === true && state === 'succeeded';
    });
  const video = (type: string) =>
    all.findLast((report) => report['type'] === type && report['kind'] === 'video');
  const seconds = numberIn(pair, 'currentRoundTripTime');
  const source = video('media-source');
  const [width, height] = [numberIn(source, 'width'), numberIn(source, 'height')];
  const limitedBy = video('outbound-rtp')?.['qualityLimitationReason'];
  return {
    at: performance.now(),
    bytesReceived: numberIn(transport, 'bytesReceived') ?? numberIn(pair, 'bytesReceived') ?? 0,
    availableBitrate: numberIn(pair, 'availableOutgoingBitrate'),
    roundTripMs: seconds === null ? null : seconds * 1_000,
    reportedLoss: numberIn(video('remote-inbound-rtp'), 'fractionLost'),
    framesPerSecond: numberIn(video('outbound-rtp'), 'framesPerSecond'),
    limitedBy: LIMITS_KNOWN.find((known) => known === limitedBy) ?? null,
    sourceLines: width === null || height === null ? null : Math.min(width, height),
  };
}

const LIMITS_KNOWN = ['none', 'cpu', 'bandwidth', 'other'] as const;

function numberIn(report: Record<string, unknown> | undefined, key: string): number | null {
  const value = report?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
