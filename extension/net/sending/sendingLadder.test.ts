import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOWEST_MOVING, RUNGS, SOUND_ALONE, STRAINS, TRICKLE } from './rungs.ts';
import { rungOf, startLadder, stepLadder, type Ladder } from './sendingLadder.ts';
import type { SendingSample } from './sendingSample.ts';

const LOOK_MS = 500;
const WIDE = 5_000_000;

const sample = (at: number, rest: Partial<SendingSample>): SendingSample => ({
  at,
  availableBitrate: null,
  roundTripMs: 20,
  reportedLoss: 0,
  framesPerSecond: 30,
  limitedBy: 'none',
  sourceLines: 720,
  bytesReceived: 0,
  ...rest,
});

/** A sender on a way of its own: every look is one sample, half a second after the last. */
class Walk {
  ladder: Ladder = startLadder(0);
  at = 0;
  changes = 0;

  look(rest: Partial<SendingSample>, times = 1): this {
    for (let look = 0; look < times; look += 1) {
      this.at += LOOK_MS;
      const { step } = this.ladder;
      this.ladder = stepLadder(this.ladder, sample(this.at, rest));
      if (this.ladder.step !== step) this.changes += 1;
    }
    return this;
  }

  get step(): number {
    return this.ladder.step;
  }
}

/** In a call for 10 s on a wide way. */
const settled = () => new Walk().look({ availableBitrate: WIDE }, 20);

/** The estimate as Chromium makes it: it follows a fall at once, and rises by what it may try. */
class Way {
  readonly walk = new Walk();
  #estimate = 300_000;
  #allowed = 0;

  flow(capacity: number, looks: number, jitter: () => number = () => 1): this {
    for (let look = 0; look < looks; look += 1) {
      const { video, audioBitrate } = rungOf(this.walk.ladder);
      const allowed = (video?.maxBitrate ?? 0) + audioBitrate;
      if (allowed > this.#allowed) this.#estimate = Math.max(this.#estimate, 2 * allowed);
      else this.#estimate *= 1.04;
      this.#allowed = allowed;
      this.#estimate = Math.min(capacity, this.#estimate, WIDE);
      this.walk.look({ availableBitrate: this.#estimate * jitter() });
    }
    return this;
  }
}

it('SN10: on a wide way the whole picture is sent from the first moment on', () => {
  const walk = new Walk().look({ availableBitrate: 300_000 }, 3);
  expect(walk.step).toBe(0);
  expect(walk.look({ availableBitrate: WIDE }, 100).changes).toBe(0);
});

it.each([
  [700_000, 1],
  [400_000, 2],
  [220_000, 3],
  [130_000, LOWEST_MOVING],
])('SN10: a way that narrows to %d bits a second is followed at the next look', (narrow, step) => {
  expect(settled().look({ availableBitrate: narrow }).step).toBe(step);
});

it('SN10: resolution goes before frame rate, and the picture before the sound', () => {
  const pictures = RUNGS.flatMap(({ video }) => (video === null ? [] : [video]));
  for (const [index, { lines, framesPerSecond }] of pictures.entries()) {
    const above = pictures[index - 1];
    if (above === undefined) continue;
    expect(lines).toBeLessThan(above.lines);
    expect(framesPerSecond).toBeLessThanOrEqual(above.framesPerSecond);
  }
  expect(pictures[2]?.framesPerSecond).toBe(30);
  const { audioBitrate } = RUNGS[SOUND_ALONE]!;
  expect(Math.min(...RUNGS.map((rung) => rung.audioBitrate))).toBe(audioBitrate);
  expect(audioBitrate).toBeGreaterThanOrEqual(16_000);
});

it('SN11: a sudden fall below any picture sends sound alone until the queue has drained', () => {
  const walk = settled().look({ availableBitrate: 120_000 }).look({ availableBitrate: 60_000 });
  expect(rungOf(walk.ladder).video).toBeNull();
  walk.look({ availableBitrate: 50_000, roundTripMs: 1_900 }, 20);
  expect(walk.step).toBe(SOUND_ALONE);
  walk.look({ availableBitrate: 50_000 });
  expect(walk.step).toBe(TRICKLE);
  expect(rungOf(walk.ladder).video?.framesPerSecond).toBe(2);
});

it('SN11: sound alone lasts until the round trip has been measured anew', () => {
  const walk = settled().look({ availableBitrate: 60_000 }).look({ availableBitrate: 50_000 }, 5);
  expect(walk.step).toBe(SOUND_ALONE);
  expect(walk.look({ availableBitrate: 50_000 }).step).toBe(TRICKLE);
});

it('SN11: a queue that stays takes a step at a time, and in the end the picture', () => {
  const queue = { availableBitrate: WIDE, roundTripMs: 600 };
  const walk = settled().look(queue, 3);
  expect(walk.step).toBe(1);
  expect(walk.look(queue, 30).step).toBe(SOUND_ALONE);
});

it('SN12: loss without a queue leaves a moving picture', () => {
  const walk = settled();
  for (const availableBitrate of [900_000, 500_000, 250_000, 150_000, 110_000, 80_000, 50_000])
    walk.look({ availableBitrate, reportedLoss: 0.3 }, 4);
  expect(walk.step).toBe(LOWEST_MOVING);
});

it('SN13: whatever the way was for 20 s, 10 s after it has widened all is as before', () => {
  const capacity = fc.integer({ min: 30_000, max: 2_000_000 });
  fc.assert(
    fc.property(capacity, (narrow) => {
      const way = new Way().flow(WIDE, 20).flow(narrow, 40).flow(WIDE, 20);
      expect(way.walk.step).toBe(0);
      expect(way.walk.ladder.feeling).toBe(false);
    }),
  );
});

it('SN13: a way is felt by a higher bitrate alone: nobody sees the picture change', () => {
  const walk = settled().look({ availableBitrate: 220_000 }, 6);
  const before = rungOf(walk.ladder);
  walk.look({ availableBitrate: 220_000 });
  expect(walk.ladder.feeling).toBe(true);
  const feeling = rungOf(walk.ladder);
  expect(feeling).toEqual({
    ...before,
    video: { ...before.video, maxBitrate: RUNGS[1]!.video!.maxBitrate },
  });
  expect(rungOf(walk.look({ availableBitrate: 220_000 }, 3).ladder)).toEqual(before);
});

it('SN14: on a way that stays as it is the ladder comes to rest', () => {
  const noise = fc.array(fc.double({ min: 0.96, max: 1.04, noNaN: true }), {
    minLength: 80,
    maxLength: 80,
  });
  fc.assert(
    fc.property(fc.integer({ min: 30_000, max: 2_000_000 }), noise, (capacity, jitters) => {
      let next = 0;
      const jitter = () => jitters[next++ % jitters.length] ?? 1;
      const way = new Way().flow(WIDE, 20).flow(capacity, 40, jitter);
      const { changes } = way.walk;
      expect(way.flow(capacity, 80, jitter).walk.changes - changes).toBeLessThanOrEqual(1);
    }),
  );
});

it('SN15: a machine that falls behind sends fewer lines first, and fewer frames last', () => {
  const walk = settled();
  const behind = { availableBitrate: WIDE, limitedBy: 'cpu', framesPerSecond: 12 } as const;
  const seen = new Set<string>();
  for (let second = 0; second < 20; second += 1) {
    const { video } = rungOf(walk.look(behind, 2).ladder);
    seen.add(`${video?.lines}@${video?.framesPerSecond}`);
  }
  expect([...seen]).toEqual(['720@30', '360@30', '240@30', '180@30', '180@15']);
  expect(walk.step).toBe(0);
});

it('SN15: a machine that keeps up at a lower resolution is left in peace, and later gets more', () => {
  const walk = settled().look({ availableBitrate: WIDE, limitedBy: 'cpu', framesPerSecond: 12 }, 8);
  expect(walk.ladder.strain).toBe(1);
  walk.look({ availableBitrate: WIDE, limitedBy: 'cpu', framesPerSecond: 29 }, 60);
  expect(walk.ladder.strain).toBe(1);
  walk.look({ availableBitrate: WIDE, limitedBy: 'none' }, 39);
  expect(walk.ladder.strain).toBe(1);
  expect(walk.look({ availableBitrate: WIDE, limitedBy: 'none' }, 3).ladder.strain).toBe(0);
});

it('SN15: a dark room is no strain', () => {
  const walk = settled().look({ availableBitrate: WIDE, framesPerSecond: 8 }, 100);
  expect(walk.ladder.strain).toBe(0);
});

it('SN16: without an estimate, loss and queues alone take steps down, and quiet takes them up', () => {
  const walk = new Walk().look({}, 10);
  expect(walk.step).toBe(0);
  expect(walk.look({ reportedLoss: 0.2 }, 6).step).toBe(2);
  expect(walk.look({}, 8).step).toBe(1);
  expect(walk.look({}, 8).step).toBe(0);
});

const anySample = fc.record({
  availableBitrate: fc.option(fc.integer({ min: 0, max: WIDE })),
  roundTripMs: fc.option(fc.integer({ min: 0, max: 5_000 })),
  reportedLoss: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  framesPerSecond: fc.option(fc.integer({ min: 0, max: 60 })),
  limitedBy: fc.option(fc.constantFrom('none', 'cpu', 'bandwidth', 'other')),
});

it('SN10: whatever a browser says, what is sent is a step of the ladder with its sound', () => {
  fc.assert(
    fc.property(fc.array(anySample, { maxLength: 200 }), (samples) => {
      const walk = new Walk();
      for (const rest of samples) {
        walk.look(rest);
        expect(RUNGS[walk.step]).toBeDefined();
        expect(STRAINS[walk.ladder.strain]).toBeDefined();
        expect(rungOf(walk.ladder).audioBitrate).toBeGreaterThanOrEqual(16_000);
      }
    }),
  );
});
