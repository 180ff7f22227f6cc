import { beforeEach, expect, it } from 'vitest';
import type { FakeMediaWorld } from './fakeMediaDevices.ts';
import { aTurn, BRIO, BUILT_IN, fakeVisit, FRONT } from './fakeVisit.ts';
import type { LocalMedia } from './localMedia.ts';
import type { Device } from './localMediaState.ts';
import type { DeviceKind } from './mediaProblem.ts';

let world: FakeMediaWorld;
let media: LocalMedia;
let memory: Map<string, Device>;
let forbidden: Set<DeviceKind>;

const labels = () => media.stream.getTracks().map(({ label }) => label);
const camera = () => media.state.camera;
/** Everything that events have set going is done. */
const settled = async () => {
  await media.open();
  await aTurn();
};

beforeEach(() => {
  ({ world, media, memory, forbidden } = fakeVisit());
});

it('DV6: nothing is asked unasked: plugging in without a permission changes nothing', async () => {
  world.devices.unplug(FRONT);
  world.devices.unplug(BRIO);
  world.devices.permission.camera.state = 'prompt';
  await media.open();
  expect(camera()).toMatchObject({ at: 'failed', problem: 'missing' });
  const before = world.devices.asked.length;
  world.devices.plug('camera', FRONT);
  await aTurn();
  expect(world.devices.asked).toHaveLength(before);
  expect(camera()).toMatchObject({ at: 'failed' });
});

it('DV12: one question for both; a no holds for both and is not asked again', async () => {
  world.devices.permission.camera.state = 'prompt';
  world.devices.permission.microphone.state = 'prompt';
  world.devices.answer = 'dismissed';
  await media.open();
  expect(world.devices.asked).toHaveLength(1);
  expect(camera()).toMatchObject({ problem: 'dismissed' });
  expect(media.state.microphone).toMatchObject({ problem: 'dismissed' });
  world.devices.answer = 'granted';
  await settled();
  expect(labels()).toEqual([FRONT, BUILT_IN]);
  expect(world.devices.live().sort()).toEqual([BUILT_IN, FRONT]);
});

it('DV12: a yes that comes after the end opens nothing', async () => {
  world.devices.permission.camera.state = 'prompt';
  world.devices.permission.microphone.state = 'prompt';
  const release = world.devices.hold();
  const opening = media.open();
  await aTurn();
  expect(world.devices.asked).toHaveLength(1);
  media.close();
  release();
  await opening;
  await aTurn();
  expect(world.devices.opened).toHaveLength(2);
  expect(world.devices.live()).toEqual([]);
});

it('DV12: behind the first yes, the remembered device is found by its name', async () => {
  world.devices.permission.camera.state = 'prompt';
  world.devices.permission.microphone.state = 'prompt';
  memory.set('camera', { id: 'old', label: BRIO, group: '' });
  await media.open();
  expect(camera()).toMatchObject({ device: { label: BRIO }, notice: null });
  expect(world.devices.live().sort()).toEqual([BUILT_IN, BRIO]);
});

it('DV12: a camera alone may be missing, forbidden or refused; the microphone goes on', async () => {
  forbidden.add('camera');
  await media.open();
  expect(camera()).toMatchObject({ problem: 'blockedByPage' });
  expect(media.state.microphone).toMatchObject({ at: 'open' });
  expect(world.devices.asked.some(({ video: wanted }) => wanted)).toBe(false);
});

it('DV13: allowed in the browser’s settings, the camera opens by itself; forbidden, it closes', async () => {
  world.devices.permission.camera.state = 'denied';
  await media.open();
  expect(camera()).toMatchObject({ problem: 'denied' });
  world.devices.permission.camera.become('granted');
  await settled();
  expect(camera()).toMatchObject({ at: 'open' });
  world.devices.permission.camera.become('denied');
  expect(camera()).toMatchObject({ at: 'failed', problem: 'denied' });
  expect(world.devices.live()).toEqual([BUILT_IN]);
});
