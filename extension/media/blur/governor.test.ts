import { describe, expect, it } from 'vitest';
import { Governor, type Verdict, type WorkWindow } from './governor.ts';
import { QUALITIES, type QualityLevel } from './quality.ts';

const LENGTH_MS = 300;

/** What a machine on which a mask and a frame cost so much measures at a quality. */
function work(level: QualityLevel, maskMs: number, composeMs: number): WorkWindow {
  const quality = QUALITIES[level];
  const gap = 1_000 / 30;
  const compose = composeMs * (quality.shrink === 1 ? 1 : 0.45);
  const perFrame = compose + (quality.waitsForMask ? maskMs : 0);
  const shown = Math.min(LENGTH_MS / (gap * quality.frameEvery), LENGTH_MS / perFrame);
  return {
    lengthMs: LENGTH_MS,
    busyMs: Math.min(LENGTH_MS, shown * perFrame),
    maskBusyMs: Math.min(LENGTH_MS, (shown / quality.maskEvery) * maskMs),
    frameGapMs: gap,
    composeMs: compose,
    maskMs,
    shown,
  };
}

/** Runs for `ms`; returns the last verdict. */
function run(governor: Governor, ms: number, maskMs: number, composeMs: number): Verdict {
  let verdict: Verdict = { level: governor.level };
  for (let at = 0; at < ms; at += LENGTH_MS)
    verdict = governor.observe(work(governor.level, maskMs, composeMs));
  return verdict;
}

describe('the governor', () => {
  it('BL6: a machine with room stays at the best quality', () => {
    expect(run(new Governor(), 60_000, 15, 5)).toEqual({ level: 0 });
  });

  it('BL6: within 2 s of a strain the quality is lower, as far as it has to be', () => {
    const governor = new Governor();
    run(governor, 10_000, 15, 5);
    run(governor, 1_000, 40, 8);
    expect(governor.level).toBe(1);
    expect(run(governor, 10_000, 40, 8)).toEqual({ level: 1 });
  });

  it('BL6: within 5 s of the end of a strain the best quality is back', () => {
    const governor = new Governor();
    run(governor, 10_000, 90, 60);
    expect(governor.level).toBeGreaterThan(2);
    expect(run(governor, 5_000, 15, 5)).toEqual({ level: 0 });
  });

  it('BL6: a quality that proves too much is tried less and less often', () => {
    const governor = new Governor();
    let changes = 0;
    for (let at = 0; at < 60_000; at += LENGTH_MS) {
      const before = governor.level;
      // Promises room for the best quality, and does not keep it.
      const lying = { ...work(governor.level, 15, 5), busyMs: before === 0 ? LENGTH_MS : 100 };
      governor.observe(lying);
      if (governor.level !== before) changes += 1;
    }
    expect(changes).toBeLessThanOrEqual(12);
  });

  it('BL7: hopelessly slow is said after 5 s at the lowest quality, not before', () => {
    const governor = new Governor();
    expect(run(governor, 5_000, 900, 400)).not.toBe('tooSlow');
    expect(run(governor, 6_000, 900, 400)).toBe('tooSlow');
  });

  it('BL7: a camera that delivers little is not taken for a slow machine', () => {
    const governor = new Governor();
    const dark = { ...work(0, 15, 5), busyMs: 40, maskBusyMs: 30, frameGapMs: 200, shown: 1.5 };
    for (let at = 0; at < 60_000; at += LENGTH_MS)
      expect(governor.observe(dark)).toEqual({ level: 0 });
  });
});
