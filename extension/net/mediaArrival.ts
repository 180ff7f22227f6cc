import type { Millis } from '../../shared/ids.ts';
import type { MediaPath } from '../../shared/protocol/fields.ts';
import { rtcSampleOf } from './rtcSample.ts';

type Reports = Parameters<typeof rtcSampleOf>[0];

/** Fine enough to start a call's clock. Looking twice as often would delay what is looked for. */
const POLL_MS: Millis = 100;
/** Sound alone counts after this long: the partner's picture may never come. */
const SOUND_ALONE_MS: Millis = 1_500;

/**
 * Calls `arrived` once, when a picture has been decoded, or sound has flowed for a while. Statistics
 * tell, because a video element's own frame callbacks stop in a hidden tab.
 */
export function watchMediaArrival(
  connection: RTCPeerConnection,
  signal: AbortSignal,
  arrived: (path: MediaPath | null) => void,
): void {
  let soundSince: number | null = null;
  const look = async (): Promise<void> => {
    const reports = new Map<string, Record<string, unknown>>(await connection.getStats());
    const { frames, soundPackets } = received(reports);
    if (signal.aborted) return;
    if (soundPackets > 0) soundSince ??= performance.now();
    const soundFor = soundSince === null ? 0 : performance.now() - soundSince;
    if (frames > 0 || soundFor >= SOUND_ALONE_MS) arrived(pathIn(reports));
    else setTimeout(() => void look(), POLL_MS);
  };
  // Before, there is nothing to see, and looking would cost the set-up its time.
  const connected = new AbortController();
  connection.addEventListener(
    'connectionstatechange',
    () => {
      if (connection.connectionState !== 'connected') return;
      connected.abort();
      // Nothing has arrived yet, and reading statistics would compete with what is about to.
      setTimeout(() => void look(), POLL_MS);
    },
    { signal: AbortSignal.any([signal, connected.signal]) },
  );
}

/** A relay at either end carries everything. */
function pathIn(reports: Reports): MediaPath | null {
  const { path } = rtcSampleOf(reports, performance.now());
  if (path === null) return null;
  return path.own === 'relay' || path.partner === 'relay' ? 'relay' : 'direct';
}

function received(reports: Reports) {
  let frames = 0;
  let soundPackets = 0;
  for (const report of reports.values()) {
    if (report['type'] !== 'inbound-rtp') continue;
    if (report['kind'] === 'video') frames += Number(report['framesDecoded'] ?? 0);
    if (report['kind'] === 'audio') soundPackets += Number(report['packetsReceived'] ?? 0);
  }
  return { frames, soundPackets };
}
