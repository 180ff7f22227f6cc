import { describe, expect, test } from 'vitest';
import { clockText } from './clockText.ts';

describe('PN7: a duration is shown as minutes and seconds', () => {
  test.each([
    [120_000, '2:00'],
    [119_001, '2:00'],
    [119_000, '1:59'],
    [61_000, '1:01'],
    [1, '0:01'],
    [0, '0:00'],
    [-500, '0:00'],
    [900_000, '15:00'],
  ])('PN7: %d ms reads %s', (duration, text) => {
    expect(clockText(duration)).toBe(text);
  });
});
