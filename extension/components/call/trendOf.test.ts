import { expect, it } from 'vitest';
import type { ConnectionPoint } from '../../call/connectionPoint.ts';
import { trendOf } from './trendOf.ts';

const point = (at: number, change: Partial<ConnectionPoint> = {}): ConnectionPoint => ({
  at,
  roundTripMs: 40,
  lossPercent: 0,
  framesPerSecond: 30,
  incomingBitrate: 800_000,
  outgoingBitrate: 700_000,
  ...change,
});

it('SM25: a line has its seconds before now, its present value and its range', () => {
  const points = [point(3_000), point(4_000, { incomingBitrate: 200_000 }), point(5_000)];
  expect(trendOf(points, 'incoming')).toEqual({
    unit: 'kbps',
    top: 500,
    series: { seconds: [-2, -1, 0], values: [800, 200, 800] },
    now: 800,
    low: 200,
    high: 800,
  });
});

it('SM25: what is not known is a gap, and no zero', () => {
  const points = [point(1_000, { roundTripMs: null }), point(2_000)];
  expect(trendOf(points, 'roundTrip')).toMatchObject({
    series: { values: [null, 40] },
    low: 40,
  });
  expect(trendOf([], 'loss')).toMatchObject({ now: null, low: null, high: null });
});
