import { expect, it } from 'vitest';
import { TokenBuckets } from './tokenBuckets.ts';

function bucketsAt(rate: { burst: number; perSecond: number }) {
  let now = 0;
  const buckets = new TokenBuckets({ now: () => now }, rate);
  const take = (name: string, times: number) =>
    Array.from({ length: times }, () => buckets.take(name).taken).filter(Boolean).length;
  return { buckets, take, pass: (ms: number) => void (now += ms) };
}

it('AT20: a burst, and then as many as the time has brought', () => {
  const { take, pass } = bucketsAt({ burst: 40, perSecond: 20 });
  expect(take('hall', 100)).toBe(40);
  pass(500);
  expect(take('hall', 100)).toBe(10);
  pass(60_000);
  expect(take('hall', 100)).toBe(40);
});

it('AT20: nobody takes from the bucket of another', () => {
  const { take } = bucketsAt({ burst: 2, perSecond: 1 });
  expect([take('hall', 5), take('home', 5)]).toEqual([2, 2]);
});

it('AT20: a bucket says how much is left, and when there is more', () => {
  const { buckets, pass } = bucketsAt({ burst: 2, perSecond: 4 });
  expect(buckets.take('home').bucket.left).toBe(1);
  expect(buckets.take('home').bucket.left).toBe(0);
  pass(100);
  const { taken, bucket } = buckets.take('home');
  expect(taken).toBe(false);
  expect(bucket.nextMs).toBeCloseTo(150);
});

it('AT20: who comes back on time finds the same bucket, and a full one is forgotten', () => {
  const { buckets, take, pass } = bucketsAt({ burst: 4, perSecond: 1 });
  take('home', 4);
  const { bucket } = buckets.take('home');
  pass(3_999);
  expect(buckets.take('home').bucket).toBe(bucket);
  pass(4_000);
  expect(buckets.take('home').bucket).not.toBe(bucket);
});
