import { expect, it } from 'vitest';
import { restartDelay } from './restartDelay.ts';

it('BL8: a first failure is answered at once, the next ones later, the fourth not at all', () => {
  expect(restartDelay([1_000], 1_000)).toBe(0);
  expect(restartDelay([1_000, 2_000], 2_000)).toBe(500);
  expect(restartDelay([1_000, 2_000, 3_000], 3_000)).toBe(2_000);
  expect(restartDelay([1_000, 2_000, 3_000, 9_000], 9_000)).toBeNull();
});

it('BL8: failures of more than a minute ago do not count', () => {
  expect(restartDelay([1_000, 2_000, 3_000, 70_000], 70_000)).toBe(0);
});
