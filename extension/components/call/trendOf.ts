import type { ConnectionPoint } from '../../call/connectionPoint.ts';

export type Measure = 'roundTrip' | 'loss' | 'frames' | 'incoming' | 'outgoing';

/** One measure of the last minute, ready to be drawn and to be put into words. */
export interface Trend {
  readonly unit: 'ms' | 'percent' | 'plain' | 'kbps';
  /** The scale reaches at least up to here. */
  readonly top: number;
  readonly series: {
    readonly seconds: readonly number[];
    readonly values: readonly (number | null)[];
  };
  readonly now: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface Look {
  readonly unit: Trend['unit'];
  readonly top: number;
  readonly of: (point: ConnectionPoint) => number | null;
}

const LOOK: Readonly<Record<Measure, Look>> = {
  roundTrip: { unit: 'ms', top: 200, of: ({ roundTripMs }) => roundTripMs },
  loss: { unit: 'percent', top: 10, of: ({ lossPercent }) => lossPercent },
  frames: { unit: 'plain', top: 30, of: ({ framesPerSecond }) => framesPerSecond },
  incoming: { unit: 'kbps', top: 500, of: ({ incomingBitrate }) => kilobits(incomingBitrate) },
  outgoing: { unit: 'kbps', top: 500, of: ({ outgoingBitrate }) => kilobits(outgoingBitrate) },
};

export function trendOf(points: readonly ConnectionPoint[], measure: Measure): Trend {
  const { unit, top, of } = LOOK[measure];
  const end = points.at(-1)?.at ?? 0;
  const values = points.map(of);
  const known = values.filter((value) => value !== null);
  return {
    unit,
    top,
    series: { seconds: points.map(({ at }) => (at - end) / 1_000), values },
    now: values.at(-1) ?? null,
    low: known.length === 0 ? null : Math.min(...known),
    high: known.length === 0 ? null : Math.max(...known),
  };
}

function kilobits(bits: number | null): number | null {
  return bits === null ? null : bits / 1_000;
}
