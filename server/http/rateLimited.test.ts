import { expect, it } from 'vitest';
import { rateOf } from './rateLimited.ts';

it.each([
  [600, { burst: 40, perSecond: 10 }],
  [1_200, { burst: 40, perSecond: 20 }],
  [6_000, { burst: 200, perSecond: 100 }],
  [60, { burst: 40, perSecond: 1 }],
  [5, { burst: 5, perSecond: 5 / 60 }],
])('AT20: %i a minute come evenly', (perMinute, rate) => {
  expect(rateOf(perMinute)).toEqual(rate);
});
