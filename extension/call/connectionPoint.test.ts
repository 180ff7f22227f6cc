import { expect, it } from 'vitest';
import { connectionPoints } from './connectionPoint.ts';
import { fakeSamples } from './fakeSamples.ts';

it('SM22: counters become one point for each second', () => {
  const samples = fakeSamples(4, (index) => (index === 2 ? { lost: 8, frames: 12 } : {}));
  expect(connectionPoints(samples)).toEqual(
    [2_000, 3_000, 4_000].map((at) => ({
      at,
      roundTripMs: 40,
      lossPercent: at === 3_000 ? 10 : 0,
      framesPerSecond: at === 3_000 ? 12 : 30,
      incomingBitrate: 800_000,
      outgoingBitrate: 720_000,
    })),
  );
});

it('SM22: four looks a second do not make four jagged points', () => {
  const calm = fakeSamples(20);
  const quarters = calm.flatMap((sample) =>
    [0, 250, 500, 750].map((later) => ({ ...sample, at: sample.at + later })),
  );
  expect(connectionPoints(quarters).length).toBeLessThanOrEqual(20);
  for (const { framesPerSecond } of connectionPoints(quarters)) expect(framesPerSecond).toBe(30);
});

it('SM22: a counter that begins anew does not draw a peak below zero', () => {
  const [first, second] = fakeSamples(2);
  const anew = { ...second!, bytesReceived: 50_000, bytesSent: 0 };
  const [point] = connectionPoints([first!, anew]);
  expect(point).toMatchObject({ incomingBitrate: 400_000, outgoingBitrate: 0 });
});

it('SM22: nothing is drawn of nothing', () => {
  expect(connectionPoints([])).toEqual([]);
  expect(connectionPoints(fakeSamples(1))).toEqual([]);
});
