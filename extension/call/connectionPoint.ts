import type { Millis } from '../../shared/ids.ts';
import { grownBy, type RtcSample } from './rtcSample.ts';

/** One second of a call, as it is drawn. Null: not known, or nothing to measure it by. */
export interface ConnectionPoint {
  readonly at: Millis;
  readonly roundTripMs: number | null;
  /** Share of packets that were lost on the way in, %. */
  readonly lossPercent: number | null;
  readonly framesPerSecond: number | null;
  /** Bits a second, both kinds of media together. */
  readonly incomingBitrate: number | null;
  readonly outgoingBitrate: number | null;
}

/** In doubt samples come four times a second: too short for a rate. */
const POINT_MS: Millis = 900;

/** One point for about every second between the first and the last sample. */
export function connectionPoints(samples: readonly RtcSample[]): readonly ConnectionPoint[] {
  const points: ConnectionPoint[] = [];
  let [before] = samples;
  if (!before) return points;
  for (const sample of samples) {
    if (sample.at - before.at < POINT_MS) continue;
    points.push(pointBetween(before, sample));
    before = sample;
  }
  return points;
}

function pointBetween(before: RtcSample, now: RtcSample): ConnectionPoint {
  const seconds = (now.at - before.at) / 1_000;
  const rate = (from: number, to: number) => grownBy(from, to) / seconds;
  return {
    at: now.at,
    roundTripMs: now.path?.roundTripMs ?? null,
    lossPercent: lossPercent(before, now),
    framesPerSecond:
      before.videoIn && now.videoIn
        ? rate(before.videoIn.framesDecoded, now.videoIn.framesDecoded)
        : null,
    incomingBitrate: 8 * rate(before.bytesReceived, now.bytesReceived),
    outgoingBitrate: 8 * rate(before.bytesSent, now.bytesSent),
  };
}

function lossPercent(before: RtcSample, now: RtcSample): number | null {
  let lost = 0;
  let arrived = 0;
  for (const kind of ['videoIn', 'audioIn'] as const) {
    const from = before[kind];
    const to = now[kind];
    if (!from || !to) continue;
    // A late packet is taken back from the lost ones.
    lost += Math.max(0, to.packetsLost - from.packetsLost);
    arrived += grownBy(from.packets, to.packets);
  }
  return lost + arrived === 0 ? null : (100 * lost) / (lost + arrived);
}
