import { expect, it } from 'vitest';
import type { EventId, MemberId } from '../../shared/ids.ts';
import { ExpectedArrivals } from '../runtime/expectedArrivals.ts';
import { TestClock } from './testClock.ts';

const eventId = 'event' as EventId;
const [ann, ben, cem, dag] = ['ann', 'ben', 'cem', 'dag'] as [
  MemberId,
  MemberId,
  MemberId,
  MemberId,
];
const parts = (...numbers: number[]) => numbers.map((part) => ({ eventId, part }));

it('CU30: who has a ticket counts, once and in one part, until they are there or will not come any more', () => {
  const clock = new TestClock();
  const expected = new ExpectedArrivals(clock);
  const [first, second] = parts(1, 2);
  expected.expect(first!, ann, 1_000);
  expected.expect(first!, ann, 2_000);
  expected.expect(first!, ben, 2_000);
  expected.expect(second!, cem, 3_000);
  expected.expect(second!, dag, 2_000);
  expected.expect(first!, dag, 2_000);
  expected.forget(first!, dag);
  expect([...expected.countsOf(eventId)]).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expected.forget(first!, ann);
  clock.pass(2_000);
  expect([...expected.countsOf(eventId)]).toEqual([[2, 1]]);
  clock.pass(1_000);
  expect(expected.countsOf(eventId).size).toBe(0);
});
