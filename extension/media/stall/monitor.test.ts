import { expect, it } from 'vitest';
import { FakeTimers } from '../../call/fakeTimers.ts';
import type { Verdict } from '../../call/verdict.ts';
import { FakeCall } from './fakeCall.ts';
import { watchForStalls } from './monitor.ts';

function watched() {
  const timers = new FakeTimers();
  const call = new FakeCall();
  const ending = new AbortController();
  const verdicts: Verdict['kind'][] = [];
  const seen = { samples: 0, readable: true, read: 0 };
  const begin = () =>
    watchForStalls(
      {
        sample: async () => {
          seen.read += 1;
          return seen.readable ? call.sample() : null;
        },
        partnerReport: () => ({ camera: true, microphone: true }),
        timers,
        sampled: () => (seen.samples += 1),
        judged: ({ kind }) => verdicts.push(kind),
      },
      ending.signal,
    );
  /** Ends the promises between two moments as a browser does. */
  const pass = async (ms: number) => {
    for (let step = 0; step < ms; step += 10) {
      timers.pass(10);
      call.pass(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { timers, call, ending, verdicts, seen, begin, pass };
}

it('SM8: only changes are reported, each sample is passed on', async () => {
  const { call, verdicts, seen, begin, pass } = watched();
  begin();
  await pass(5_000);
  expect(verdicts).toEqual([]);
  expect(seen.samples).toBeGreaterThanOrEqual(5);
  call.network = false;
  await pass(4_000);
  expect(verdicts).toEqual(['networkStall']);
  call.network = true;
  await pass(4_000);
  expect(verdicts).toEqual(['networkStall', 'flowing']);
});

it('SM8: a connection that cannot be read yet is asked again', async () => {
  const { seen, begin, pass } = watched();
  seen.readable = false;
  begin();
  await pass(1_000);
  expect(seen.samples).toBe(0);
  seen.readable = true;
  await pass(500);
  expect(seen.samples).toBeGreaterThan(0);
});

it('SM9: what was still being read when the call ended is not reported', async () => {
  const { ending, seen, begin, pass } = watched();
  begin();
  ending.abort();
  await pass(100);
  expect(seen).toMatchObject({ read: 1, samples: 0 });
});

it('SM9: after the call nobody looks any more', async () => {
  const { timers, ending, seen, begin, pass } = watched();
  begin();
  await pass(100);
  ending.abort();
  const { read } = seen;
  await pass(5_000);
  expect(seen.read).toBe(read);
  expect(timers.names).toEqual([]);
});
