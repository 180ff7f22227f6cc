import { describe, expect, test } from 'vitest';
import { cueAt } from './cueAt.ts';

describe('PN8: the countdown gives its cues at 30 s and at 10 s', () => {
  test.each([
    [120_000, 120_000, 'calm'],
    [30_001, 120_000, 'calm'],
    [30_000, 120_000, 'soon'],
    [10_001, 120_000, 'soon'],
    [10_000, 120_000, 'now'],
    [0, 120_000, 'now'],
    [15_000, 15_000, 'calm'],
    [10_000, 15_000, 'now'],
    [30_000, 30_000, 'calm'],
  ])('PN8: %d ms of %d ms are %s', (remaining, total, cue) => {
    expect(cueAt(remaining, total)).toBe(cue);
  });
});
