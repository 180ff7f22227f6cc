import type {
  AudioInSample,
  AudioOutSample,
  CandidateKind,
  PathSample,
  RtcSample,
  VideoInSample,
  VideoOutSample,
} from '../call/rtcSample.ts';

/** One entry of a statistics report, as loose as browsers make it. */
type Report = Readonly<Record<string, unknown>>;

/**
 * Reads a connection once. Chromium and Firefox name most things alike; what a browser does not tell
 * is null or 0. Addresses, ids and device names stay behind: what leaves here may be shown.
 */
export async function readRtcSample(connection: RTCPeerConnection): Promise<RtcSample> {
  const stats = await connection.getStats();
  const reports = new Map<string, Report>();
  for (const [id, report] of stats) reports.set(id, report);
  return rtcSampleOf(reports, performance.now());
}

/** @param at monotonic, ms: when the statistics were read */
export function rtcSampleOf(reports: ReadonlyMap<string, Report>, at: number): RtcSample {
  const all = [...reports.values()];
  const transport = all.find(({ type }) => type === 'transport');
  const pair = selectedPair(reports, transport);
  const of = (type: string, kind: string) =>
    all.filter((report) => report['type'] === type && report['kind'] === kind);
  return {
    at,
    // Firefox knows pairs only.
    bytesReceived: count(transport ?? pair, 'bytesReceived'),
    bytesSent: count(transport ?? pair, 'bytesSent'),
    lastPacketAt: lastPacket(pair, at),
    path: pair ? pathOf(reports, pair, all) : null,
    videoIn: videoIn(of('inbound-rtp', 'video'), reports),
    audioIn: audioIn(of('inbound-rtp', 'audio'), reports),
    videoOut: videoOut(of('outbound-rtp', 'video'), of('remote-inbound-rtp', 'video'), reports),
    audioOut: audioOut(of('outbound-rtp', 'audio'), of('remote-inbound-rtp', 'audio'), reports),
  };
}

function selectedPair(
  reports: ReadonlyMap<string, Report>,
  transport: Report | undefined,
): Report | undefined {
  const chosen = reports.get(text(transport, 'selectedCandidatePairId'));
  if (chosen) return chosen;
  const pairs = [...reports.values()].filter(({ type }) => type === 'candidate-pair');
  return (
    pairs.find((pair) => pair['selected'] === true) ??
    pairs.find((pair) => pair['nominated'] === true && pair['state'] === 'succeeded')
  );
}

/** The pair's last packet of any kind: so old on the statistics' own clock, so much before `at`. */
function lastPacket(pair: Report | undefined, at: number): number | null {
  const last = numberOrNull(pair, 'lastPacketReceivedTimestamp');
  const read = numberOrNull(pair, 'timestamp');
  return last === null || read === null || last <= 0 ? null : at - Math.max(0, read - last);
}

function pathOf(
  reports: ReadonlyMap<string, Report>,
  pair: Report,
  all: readonly Report[],
): PathSample {
  const own = reports.get(text(pair, 'localCandidateId'));
  const partner = reports.get(text(pair, 'remoteCandidateId'));
  const relay = text(own, 'relayProtocol');
  const measured = all.find(
    (report) =>
      report['type'] === 'remote-inbound-rtp' && seconds(report, 'roundTripTime') !== null,
  );
  return {
    own: candidateKind(own),
    partner: candidateKind(partner),
    protocol: text(own, 'protocol') === 'tcp' ? 'tcp' : 'udp',
    relayProtocol: relay === 'udp' || relay === 'tcp' || relay === 'tls' ? relay : null,
    // The partner's reports are younger than the path's own checks, where there are any.
    roundTripMs: seconds(measured, 'roundTripTime') ?? seconds(pair, 'currentRoundTripTime'),
    availableOutgoingBitrate: numberOrNull(pair, 'availableOutgoingBitrate'),
  };
}

function candidateKind(candidate: Report | undefined): CandidateKind {
  const kind = text(candidate, 'candidateType');
  return kind === 'srflx' || kind === 'prflx' || kind === 'relay' ? kind : 'host';
}

/** Several streams of a kind are counted as one: a restart may leave the earlier one in the list. */
function incoming(streams: readonly Report[], reports: ReadonlyMap<string, Report>): AudioInSample {
  return {
    packets: sum(streams, 'packetsReceived'),
    bytes: sum(streams, 'bytesReceived'),
    packetsLost: sum(streams, 'packetsLost'),
    jitterMs: seconds(streams.at(-1), 'jitter') ?? 0,
    codec: codecOf(streams.at(-1), reports),
  };
}

function audioIn(
  streams: readonly Report[],
  reports: ReadonlyMap<string, Report>,
): AudioInSample | null {
  return streams.length === 0 ? null : incoming(streams, reports);
}

function videoIn(
  streams: readonly Report[],
  reports: ReadonlyMap<string, Report>,
): VideoInSample | null {
  const last = streams.at(-1);
  if (!last) return null;
  return {
    ...incoming(streams, reports),
    framesDecoded: sum(streams, 'framesDecoded'),
    keyFramesDecoded: sum(streams, 'keyFramesDecoded'),
    freezes: sum(streams, 'freezeCount'),
    frozenMs: sum(streams, 'totalFreezesDuration') * 1_000,
    width: count(last, 'frameWidth'),
    height: count(last, 'frameHeight'),
  };
}

function audioOut(
  streams: readonly Report[],
  heard: readonly Report[],
  reports: ReadonlyMap<string, Report>,
): AudioOutSample | null {
  if (streams.length === 0) return null;
  return {
    packets: sum(streams, 'packetsSent'),
    bytes: sum(streams, 'bytesSent'),
    reportedLoss: numberOrNull(heard.at(-1), 'fractionLost'),
    codec: codecOf(streams.at(-1), reports),
  };
}

function videoOut(
  streams: readonly Report[],
  heard: readonly Report[],
  reports: ReadonlyMap<string, Report>,
): VideoOutSample | null {
  const sent = audioOut(streams, heard, reports);
  const last = streams.at(-1);
  if (!sent || !last) return null;
  const limit = text(last, 'qualityLimitationReason');
  return {
    ...sent,
    framesSent: sum(streams, 'framesSent'),
    width: count(last, 'frameWidth'),
    height: count(last, 'frameHeight'),
    limitedBy: LIMITS_KNOWN.find((known) => known === limit) ?? null,
  };
}

const LIMITS_KNOWN = ['none', 'cpu', 'bandwidth', 'other'] as const;

/** A codec's name and nothing else: a browser could put anything there. */
function codecOf(stream: Report | undefined, reports: ReadonlyMap<string, Report>): string {
  const name = text(reports.get(text(stream, 'codecId')), 'mimeType');
  return /^(?:audio|video)\/[\w-]{1,20}$/.test(name) ? name : '';
}

function text(report: Report | undefined, key: string): string {
  const value = report?.[key];
  return typeof value === 'string' ? value : '';
}

function numberOrNull(report: Report | undefined, key: string): number | null {
  const value = report?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function count(report: Report | undefined, key: string): number {
  return numberOrNull(report, key) ?? 0;
}

function sum(reports: readonly Report[], key: string): number {
  return reports.reduce((total, report) => total + count(report, key), 0);
}

function seconds(report: Report | undefined, key: string): number | null {
  const value = numberOrNull(report, key);
  return value === null ? null : value * 1_000;
}
