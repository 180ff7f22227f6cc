import { expect, it } from 'vitest';
import { WorkMeter } from './workMeter.ts';

it('BL6: a window adds up what happened in it', () => {
  const meter = new WorkMeter(0);
  for (const at of [0, 33, 66]) {
    meter.arrived(at);
    meter.maskAsked(at);
    meter.maskArrived(at + 20);
    meter.done(26, 20, true);
  }
  expect(meter.take(200)).toBeNull();
  expect(meter.take(300)).toEqual({
    lengthMs: 300,
    busyMs: 78,
    maskBusyMs: 60,
    frameGapMs: 33,
    composeMs: 6,
    maskMs: 20,
    shown: 3,
  });
});

it('BL6: a mask that is late keeps the network busy, window after window', () => {
  const meter = new WorkMeter(0);
  meter.maskAsked(100);
  expect(meter.take(300)?.maskBusyMs).toBe(200);
  expect(meter.take(600)?.maskBusyMs).toBe(300);
  meter.maskArrived(700);
  expect(meter.take(900)).toMatchObject({ maskBusyMs: 100, maskMs: 600 });
});

it('BL6: where nothing happened, what was known still holds', () => {
  const meter = new WorkMeter(0);
  meter.arrived(0);
  meter.arrived(40);
  meter.done(10, 0, true);
  meter.take(300);
  expect(meter.take(600)).toMatchObject({ frameGapMs: 40, composeMs: 10, shown: 0 });
});
