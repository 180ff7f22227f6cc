import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FakeTimers } from '../../call/fakeTimers.ts';
import type { RungToApply } from './applyRung.ts';
import { SendingGovernor } from './sendingGovernor.ts';
import type { SendingSample } from './sendingSample.ts';

/** A call whose estimate and senders are a test's. */
class FakeCall {
  readonly timers = new FakeTimers();
  readonly ending = new AbortController();
  readonly applied: RungToApply[] = [];
  readonly held: boolean[] = [];
  estimate: number | null;
  /** Nothing comes in. */
  outage = false;
  #bytesReceived = 0;
  looks = 0;
  /** Set: settings take until it is resolved. */
  slow: Promise<unknown> = Promise.resolve();

  /** @param estimate null: there is nothing to read */
  constructor(estimate: number | null = 5_000_000) {
    this.estimate = estimate;
    new SendingGovernor(
      {
        timers: this.timers,
        sample: async () => {
          this.looks += 1;
          return this.estimate === null ? null : this.#sample(this.estimate);
        },
        apply: async (apply) => {
          this.applied.push(apply);
          await this.slow;
        },
        pictureHeld: (held) => this.held.push(held),
      },
      this.ending.signal,
    );
  }

  async pass(seconds: number): Promise<this> {
    for (let half = 0; half < seconds * 2; half += 1) {
      await turn();
      this.timers.pass(500);
    }
    await turn();
    return this;
  }

  get pictures(): (number | undefined)[] {
    return this.applied.map(({ rung }) => rung.video?.lines);
  }

  #sample(availableBitrate: number): SendingSample {
    if (!this.outage) this.#bytesReceived += 1_000;
    return {
      at: this.timers.now(),
      bytesReceived: this.#bytesReceived,
      availableBitrate,
      roundTripMs: 20,
      reportedLoss: 0,
      framesPerSecond: 30,
      limitedBy: 'none',
      sourceLines: 480,
    };
  }
}

it('SN17: what is sent is set once, and again only when it changes', async () => {
  const call = await new FakeCall().pass(10);
  expect(call.looks).toBe(21);
  expect(call.pictures).toEqual([720]);
  call.estimate = 400_000;
  await call.pass(2);
  expect(call.pictures).toEqual([720, 360]);
});

it('SN17: looking and setting take turns', async () => {
  const call = new FakeCall();
  const settling = new AbortController();
  call.slow = new Promise((resolve) => settling.signal.addEventListener('abort', resolve));
  await call.pass(5);
  expect(call.looks).toBe(1);
  settling.abort();
  await call.pass(1);
  expect(call.looks).toBe(3);
});

it('SN17: a connection that cannot be read yet is looked at again', async () => {
  const call = await new FakeCall(null).pass(3);
  expect(call.applied).toEqual([]);
  call.estimate = 5_000_000;
  expect((await call.pass(1)).pictures).toEqual([720]);
});

it('SN17: climbing frees the browser from what it had lowered itself, for one look', async () => {
  const call = await new FakeCall().pass(5);
  call.estimate = 400_000;
  await call.pass(2);
  call.estimate = 5_000_000;
  await call.pass(2);
  expect(call.applied.slice(1).map(({ rung, unbound }) => [rung.video?.lines, unbound])).toEqual([
    [360, false],
    [720, true],
    [720, false],
  ]);
});

it('SN18: it says when the picture gives way to the sound, and when it is back', async () => {
  const call = await new FakeCall().pass(5);
  call.estimate = 50_000;
  await call.pass(1);
  expect(call.held).toEqual([true]);
  await call.pass(4);
  expect(call.held).toEqual([true, false]);
});

it('SN17: nothing is looked at or set after the call', async () => {
  const call = await new FakeCall().pass(2);
  call.ending.abort();
  call.estimate = 50_000;
  const { looks } = call;
  await call.pass(5);
  expect([call.looks, call.applied.length, call.timers.names]).toEqual([looks, 1, []]);
});

it('SN25: an outage is no narrow way: the picture is there at once when it is over', async () => {
  const call = await new FakeCall().pass(10);
  call.outage = true;
  call.estimate = 5_000;
  await call.pass(8);
  expect(call.pictures).toEqual([720]);
  call.outage = false;
  await call.pass(1.5);
  expect(call.pictures).toEqual([720]);
  expect(call.held).toEqual([]);
});

it('SN25: half a second without a word is no outage: on a narrow way nothing begins anew', async () => {
  const call = await new FakeCall().pass(10);
  call.estimate = 130_000;
  await call.pass(1);
  call.outage = true;
  await call.pass(0.5);
  call.outage = false;
  await call.pass(1);
  expect(call.pictures).toEqual([720, 180]);
});
