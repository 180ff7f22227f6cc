import { expect, it } from 'vitest';
import { findDevice, wishesFor } from './deviceChoice.ts';
import { deviceStep, isGone, standIn } from './deviceStep.ts';
import { listDevices } from './devices.ts';
import { FakeMediaWorld } from './fakeMediaDevices.ts';
import type { Device } from './localMediaState.ts';

const device = (id: string, label: string, group = `box of ${label}`): Device => ({
  id,
  label,
  group,
});
const BRIO = device('a', 'Logitech BRIO');
const FRONT = device('b', 'Integrated camera');
const TWIN = device('c', 'Logitech BRIO', 'another box');
const LISTED = [FRONT, BRIO, TWIN];

it.each([
  ['its id', BRIO, BRIO],
  ['name and box, when the id has changed', device('old', 'Logitech BRIO', 'another box'), TWIN],
  ['name alone, when both have changed', device('old', 'Integrated camera', 'old'), FRONT],
  ['nothing, when it is not there', device('old', 'Elgato', 'old'), undefined],
  ['nothing, when it has no name', device('old', '', 'old'), undefined],
])('DV3: a device is known by %s', (_by, wanted, found) => {
  expect(findDevice(wanted, LISTED)).toBe(found);
});

it('DV4: the ladder goes from the very device to any', () => {
  expect(wishesFor(BRIO, LISTED)).toEqual([{ exact: 'a' }, { exact: 'b' }, { exact: 'c' }, null]);
});

it('DV4: a remembered device without names to compare is only preferred', () => {
  expect(wishesFor(BRIO, [])).toEqual([{ ideal: 'a' }, null]);
});

it('DV4: who never chose gets what the browser takes, and the others after it', () => {
  expect(wishesFor(null, [FRONT])).toEqual([null, { exact: 'b' }]);
});

it('DV2: nameless devices and doubles are not listed', async () => {
  const world = new FakeMediaWorld();
  world.devices.plug('microphone', 'Default - Jabra', 'default');
  world.devices.plug('microphone', 'Communications - Jabra', 'communications');
  world.devices.plug('microphone', 'Jabra', 'jabra');
  world.devices.plug('camera', 'BRIO', 'brio');
  world.devices.permission.camera.state = 'prompt';
  const listed = await listDevices(world);
  expect(listed.camera).toEqual([]);
  expect(listed.microphone.map(({ id }) => id)).toEqual(['default', 'jabra']);
});

it('DV2: names that a browser keeps back do not hide the device', async () => {
  const world = new FakeMediaWorld();
  world.devices.plug('camera', '', 'id-without-name');
  expect((await listDevices(world)).camera).toHaveLength(1);
});

const moment = { choice: null, held: FRONT, wanted: BRIO, listed: LISTED };

it.each([
  ['the wanted one is back', moment, { do: 'switch', to: BRIO, wish: { exact: 'a' } }],
  ['all is well', { ...moment, held: BRIO }, { do: 'nothing' }],
  ['the wanted one is still gone', { ...moment, listed: [FRONT] }, { do: 'nothing' }],
  ['no names are shown', { ...moment, listed: [] }, { do: 'nothing' }],
  ['the choice is open already', { ...moment, choice: FRONT }, { do: 'nothing' }],
  [
    'the choice has just been pulled out',
    { ...moment, choice: BRIO, listed: [FRONT] },
    { do: 'switch', to: BRIO, wish: { exact: 'a' } },
  ],
  [
    'nothing is open',
    { ...moment, held: null, listed: [FRONT] },
    { do: 'open', wishes: [{ ideal: 'a' }, { exact: 'b' }, null] },
  ],
])('DV5: what is done when %s', (_when, given, step) => {
  expect(deviceStep(given)).toEqual(step);
});

it('DV7: “default” that has moved to another box is opened again', () => {
  const before = device('default', 'Default - Built-in', 'built-in');
  const after = device('default', 'Default - AirPods', 'airpods');
  const step = deviceStep({ choice: null, held: before, wanted: before, listed: [after] });
  expect(step).toEqual({ do: 'switch', to: after, wish: { exact: 'default' } });
});

it('DV5: a device without a name in a list of named ones is gone', () => {
  expect(isGone(BRIO, [FRONT])).toBe(true);
  expect(isGone(BRIO, LISTED)).toBe(false);
  expect(isGone(BRIO, [])).toBe(false);
});

it.each([
  ['nothing, when it is the wanted one', BRIO, LISTED, null],
  ['that the wanted one is gone', FRONT, [FRONT], 'gone'],
  ['that the wanted one does not start', FRONT, LISTED, 'notStarting'],
  ['nothing, while no names are shown', FRONT, [], null],
])('DV6: a stand-in says %s', (_what, open, listed, because) => {
  const notice = because === null ? null : { kind: 'standsIn', wanted: 'Logitech BRIO', because };
  expect(standIn(BRIO, open, listed)).toEqual(notice);
});
