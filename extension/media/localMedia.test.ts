import { beforeEach, expect, it } from 'vitest';
import { browserError, FakeTrack, type FakeMediaWorld } from './fakeMediaDevices.ts';
import { aTurn, BRIO, BUILT_IN, fakeVisit, FRONT } from './fakeVisit.ts';
import type { LocalMedia } from './localMedia.ts';
import type { Device } from './localMediaState.ts';

const JABRA = 'Jabra headset';

let world: FakeMediaWorld;
let media: LocalMedia;
let memory: Map<string, Device>;
let changes: MediaStreamTrack[];

const labels = () => media.stream.getTracks().map(({ label }) => label);
const camera = () => media.state.camera;
const idOf = (label: string) =>
  media.state.devices.camera
    .concat(media.state.devices.microphone)
    .find((device) => device.label === label)?.id ?? '';
/** Everything that events have set going is done. */
const settled = async () => {
  await media.open();
  await aTurn();
};
const video = () => media.stream.getVideoTracks()[0]!;

beforeEach(() => {
  ({ world, media, memory, changes } = fakeVisit());
});

it('DV10: an open visit has one video and one audio track, and none is open after it', async () => {
  await media.open();
  expect(labels()).toEqual([FRONT, BUILT_IN]);
  media.close();
  expect(labels()).toEqual([]);
  expect(world.devices.live()).toEqual([]);
});

it('DV10: a device that opens after the end is stopped at once', async () => {
  const release = world.devices.hold();
  const opening = media.open();
  await aTurn();
  expect(world.devices.asked).not.toEqual([]);
  media.close();
  release();
  await opening;
  expect(world.devices.live()).toEqual([]);
  expect(labels()).toEqual([]);
});

it('DV6: the remembered device is opened, and a gone one has a stand-in that says so', async () => {
  memory.set('camera', { id: 'of another load', label: BRIO, group: '' });
  await media.open();
  expect(labels()).toContain(BRIO);
  media.close();
  world.devices.unplug(BRIO);
  await media.open();
  expect(camera()).toMatchObject({
    at: 'open',
    device: { label: FRONT },
    notice: { kind: 'standsIn', wanted: BRIO, because: 'gone' },
  });
  expect(memory.get('camera')?.label).toBe(BRIO);
});

it('DV6: the chosen device is taken back when it returns', async () => {
  await media.open();
  await media.choose('camera', idOf(BRIO));
  world.devices.unplug(BRIO);
  await settled();
  expect(camera()).toMatchObject({ device: { label: FRONT }, notice: { wanted: BRIO } });
  world.devices.plug('camera', BRIO);
  await settled();
  expect(camera()).toMatchObject({ device: { label: BRIO }, notice: null });
  expect(world.devices.live().sort()).toEqual([BUILT_IN, BRIO]);
});

it('DV6: an unplugged device whose track does not end is noticed by the list', async () => {
  await media.open();
  world.devices.unplug(FRONT, true);
  await settled();
  expect(labels()).toContain(BRIO);
  expect(world.devices.live()).not.toContain(FRONT);
});

it('DV6: with nothing to stand in, a wall and silence leave, until something is plugged in', async () => {
  world.devices.unplug(BRIO);
  await media.open();
  world.devices.unplug(FRONT);
  await settled();
  expect(camera()).toEqual({ at: 'failed', problem: 'unplugged', label: FRONT });
  expect(labels().sort()).toEqual([BUILT_IN, 'neutral']);
  world.devices.plug('camera', BRIO);
  await settled();
  expect(camera()).toMatchObject({ at: 'open', device: { label: BRIO } });
});

it('DV6: a device that ends again and again is given up', async () => {
  world.devices.unplug(BRIO);
  await media.open();
  for (let times = 0; times < 4; times += 1) {
    world.devices.opened
      .filter(({ kind }) => kind === 'video')
      .at(-1)
      ?.end();
    await aTurn();
  }
  expect(camera()).toMatchObject({ at: 'failed', problem: 'failed' });
  expect(world.devices.live()).toEqual([BUILT_IN]);
});

it('DV8: mute outlives a change of device, its loss and its return', async () => {
  await media.open();
  media.toggle('camera');
  expect(video().enabled).toBe(false);
  await media.choose('camera', idOf(BRIO));
  expect(video()).toMatchObject({ label: BRIO, enabled: false });
  world.devices.unplug(FRONT);
  world.devices.unplug(BRIO);
  await settled();
  expect(labels()).toContain('neutral');
  world.devices.plug('camera', BRIO);
  await settled();
  expect(video()).toMatchObject({ label: BRIO, enabled: false });
  expect(camera()).toMatchObject({ on: false });
});

it('DV11: a change is one change of track; the earlier device is live until then', async () => {
  await media.open();
  changes.length = 0;
  const release = world.devices.hold();
  const choosing = media.choose('camera', idOf(BRIO));
  await aTurn();
  expect(labels()).toContain(FRONT);
  expect(camera()).toMatchObject({ device: { label: FRONT }, next: { label: BRIO } });
  release();
  await choosing;
  expect(changes.map(({ label }) => label)).toEqual([BRIO]);
  expect(world.devices.live().sort()).toEqual([BUILT_IN, BRIO]);
  expect(memory.get('camera')?.label).toBe(BRIO);
});

it('DV11: a change that fails leaves the live track alone, and is not remembered', async () => {
  await media.open();
  const before = video();
  world.devices.broken.set(BRIO, browserError('NotReadableError', 'Device in use'));
  changes.length = 0;
  await media.choose('camera', idOf(BRIO));
  expect(video()).toBe(before);
  expect(before.readyState).toBe('live');
  expect(changes).toEqual([]);
  expect(memory.has('camera')).toBe(false);
  expect(camera()).toMatchObject({
    next: null,
    notice: { kind: 'switchFailed', wanted: BRIO, problem: 'busy' },
  });
});

it('DV11: where one microphone opens at a time, the earlier one makes way, and comes back', async () => {
  world.devices.plug('microphone', JABRA);
  world.devices.oneMicrophone = true;
  await media.open();
  await media.choose('microphone', idOf(JABRA));
  expect(labels()).toContain(JABRA);
  world.devices.broken.set(
    BUILT_IN,
    browserError('NotReadableError', 'Concurrent mic process limit.'),
  );
  await media.choose('microphone', idOf(BUILT_IN));
  expect(labels()).toContain(JABRA);
  expect(media.state.microphone).toMatchObject({
    device: { label: JABRA },
    notice: { kind: 'switchFailed', wanted: BUILT_IN, problem: 'busy' },
  });
});

it('DV9: of many changes in a hurry only the last one counts, and nothing else stays open', async () => {
  await media.open();
  changes.length = 0;
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => media.choose('camera', idOf(n % 2 ? FRONT : BRIO))),
  );
  await media.choose('camera', idOf(BRIO));
  expect(world.devices.live().sort()).toEqual([BUILT_IN, BRIO]);
  expect(changes.at(-1)?.label).toBe(BRIO);
});

it('DV9: a device that opens after a newer choice never leaves', async () => {
  await media.open();
  changes.length = 0;
  const release = world.devices.hold();
  const choosing = media.choose('camera', idOf(BRIO));
  await aTurn();
  void media.choose('camera', idOf(FRONT));
  release();
  await choosing;
  expect(changes).toEqual([]);
  expect(world.devices.live().sort()).toEqual([BUILT_IN, FRONT]);
});

it('DV4: a busy camera does not end it: the next one stands in', async () => {
  world.devices.broken.set(FRONT, browserError('NotReadableError', 'Could not start video source'));
  memory.set('camera', { id: 'old', label: FRONT, group: '' });
  await media.open();
  expect(camera()).toMatchObject({
    device: { label: BRIO },
    notice: { kind: 'standsIn', wanted: FRONT, because: 'notStarting' },
  });
});

it('DV14: an effect is one change of track, and the raw camera never leaves beside it', async () => {
  await media.open();
  changes.length = 0;
  const ended: string[] = [];
  const effect = {
    process: (raw: MediaStreamTrack, signal: AbortSignal) => {
      signal.addEventListener('abort', () => ended.push(`${raw.label} ${raw.readyState}`));
      return new FakeTrack('camera', `blurred ${raw.label}`).asTrack;
    },
  };
  media.toggle('camera');
  media.useEffect(effect);
  expect(changes.map(({ label }) => label)).toEqual([`blurred ${FRONT}`]);
  expect(video().enabled).toBe(false);
  await media.choose('camera', idOf(BRIO));
  expect(labels()).toEqual([BUILT_IN, `blurred ${BRIO}`]);
  expect(video().enabled).toBe(false);
  expect(ended).toEqual([`${FRONT} live`]);
  media.toggle('camera');
  expect(video().enabled).toBe(true);
  media.useEffect(null);
  expect(changes.map(({ label }) => label)).toEqual([`blurred ${FRONT}`, `blurred ${BRIO}`, BRIO]);
  media.close();
  expect(world.devices.live()).toEqual([]);
});

it('DV7: a headset that becomes the system’s default takes over', async () => {
  world.devices.unplug(BUILT_IN);
  world.devices.plug('microphone', 'Default', 'default');
  await media.open();
  changes.length = 0;
  world.devices.moveDefault('AirPods');
  await settled();
  expect(changes).toHaveLength(1);
  expect(media.state.microphone).toMatchObject({ device: { group: 'AirPods' } });
});
