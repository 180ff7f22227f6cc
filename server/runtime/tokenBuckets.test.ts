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
  expect(buckets.take('home').left).toBe(1);
  expect(buckets.take('home').left).toBe(0);
  pass(100);
  const { taken, nextMs } = buckets.take('home');
  expect(taken).toBe(false);
  expect(nextMs).toBeCloseTo(150);
});

it('AT20: who comes back on time finds the same bucket, and a full one is forgotten', () => {
  const { buckets, take, pass } = bucketsAt({ burst: 1, perSecond: 1 });
  take('home', 5);
  pass(999);
  expect(buckets.take('home').nextMs).toBeCloseTo(5_000 - 999);
  pass(1_000);
  expect(take('home', 1)).toBe(1);
  expect(buckets.take('home').nextMs).toBeCloseTo(1_000);
});

it('AT20: who is refused is told to come one after another, and then finds room', () => {
  const { buckets, take, pass } = bucketsAt({ burst: 40, perSecond: 20 });
  take('hall', 40);
  const told = Array.from({ length: 400 }, () => buckets.take('hall').nextMs);
  expect([told[0], told[1], told[399]]).toEqual([50, 100, 20_000]);
  // They come when they were told, not sooner.
  for (let person = 0; person < 400; person += 1) {
    pass(50);
    expect(buckets.take('hall').taken).toBe(true);
  }
  expect(buckets.take('hall').nextMs).toBeCloseTo(50);
});

it('AT20: nobody is told to come later than in a minute', () => {
  const { buckets, take } = bucketsAt({ burst: 1, perSecond: 1 });
  take('hall', 1);
  const told = Array.from({ length: 200 }, () => buckets.take('hall').nextMs);
  expect(Math.max(...told)).toBe(60_000);
});
