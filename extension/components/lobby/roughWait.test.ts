import { expect, it } from 'vitest';
import { roughWait } from './roughWait.ts';

it.each([
  [-1, null],
  [0, null],
  [1, { unit: 'seconds', count: 10 }],
  [38_000, { unit: 'seconds', count: 40 }],
  [90_000, { unit: 'seconds', count: 90 }],
  [90_001, { unit: 'minutes', count: 2 }],
  [600_000, { unit: 'minutes', count: 10 }],
])('LB48: %i ms are told as people think of a wait, never as less', (duration, rough) => {
  expect(roughWait(duration)).toEqual(rough);
});
