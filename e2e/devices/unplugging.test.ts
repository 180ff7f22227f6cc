import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { waitForPicture } from '../media/waitForPicture.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { withName } from '../panel/drivePanel.ts';
import { liveTracks, recordTracks } from '../stories/liveTracks.ts';
import { asPartner, expectToHear, expectToSee, SOON } from '../stories/perceive.ts';
import { openStage, type Stage } from '../stories/stage.ts';
import { takeSeat, type Seat } from '../stories/takeSeat.ts';
import { longestAbsence, longestSilence } from './absences.ts';
import { BRIO, BUILT_IN, HEADSET, INTEGRATED, makePluggable } from './pluggable.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
/** What is pulled out is replaced within a second. */
const REPLACED_MS = 1_000;
/** Of three the middle one: these machines do other things meanwhile. */
const ROUNDS = 3;
const middleOf = (times: readonly number[]) => times.toSorted((a, b) => a - b)[1];
const ADA = asPartner(CAST.ada);

let stage: Stage<readonly [Viewer, Viewer]>;
let ada: Seat;
let ben: Seat;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
  await registerEvent(stage.server.url, {
    title: 'Loose plugs',
    addresses: [{ url: TALK }],
    // One call for all of it.
    callSeconds: 600,
  });
  const [first, second] = stage.viewers;
  await first.context.addInitScript(recordTracks);
  await first.context.addInitScript(makePluggable);
  ada = await takeSeat(first, TALK);
  await ada.panel.enterLobby('Ada');
  ben = await takeSeat(second, TALK);
  await ben.panel.enterLobby('Ben');
  await ada.panel.pressReady();
  await ben.panel.pressReady();
  await waitForPicture(ben.panel.partnerVideo('Ada'), CAST.ada, SOON.timeout);
});

afterAll(() => stage?.close());

const unplug = (label: string) =>
  ada.place.evaluate((wanted) => globalThis.pluggable?.unplug(wanted), label);
const plug = (label: string) =>
  ada.place.evaluate((wanted) => globalThis.pluggable?.plug(wanted), label);
const descriptions = () => ada.place.evaluate(() => globalThis.pluggable?.descriptions);
/** Screen readers are told the same beside it. */
const seenByBen = (sentence: string) => ben.panel.sentence(sentence).first();
const standsIn = (wanted: string, device: string) =>
  ada.panel.sentence(
    texts.devices.standsIn.gone.replace('{wanted}', wanted).replace('{device}', device),
  );

test('DV17: a camera that is pulled out of a call is replaced within a second, and comes back', async () => {
  const before = await descriptions();
  const gone: number[] = [];
  const back: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const whileGone = await longestAbsence(ben, 'Ada');
    await unplug(INTEGRATED);
    await standsIn(INTEGRATED, BRIO).waitFor();
    await expectToSee(ben, ADA);
    gone.push(await whileGone());
    expect(await liveTracks(ada)).toEqual(['audio', 'video']);

    const whileBack = await longestAbsence(ben, 'Ada');
    await plug(INTEGRATED);
    await standsIn(INTEGRATED, BRIO).waitFor({ state: 'detached' });
    await expectToSee(ben, ADA);
    back.push(await whileBack());
    expect(await liveTracks(ada)).toEqual(['audio', 'video']);
  }
  expect(middleOf(gone), `gone: ${gone.join(', ')} ms`).toBeLessThan(REPLACED_MS);
  expect(middleOf(back), `back: ${back.join(', ')} ms`).toBeLessThan(REPLACED_MS);
  expect(await descriptions()).toBe(before);
});

test('DV17: a microphone that is pulled out is replaced within a second', async () => {
  const silence = await longestSilence(ben, 'Ada');
  await unplug(BUILT_IN);
  await standsIn(BUILT_IN, HEADSET).waitFor();
  await expectToHear(ben, ADA);
  expect(await silence()).toBeLessThan(REPLACED_MS);
});

test('DV17: who is muted stays muted when the headset goes', async () => {
  await ada.panel.press(texts.media.mute);
  await seenByBen(texts.call.partnerMuted).waitFor();
  await plug(BUILT_IN);
  await standsIn(BUILT_IN, HEADSET).waitFor({ state: 'detached' });
  const enabled = await ada.place.evaluate(() =>
    globalThis.openedTracks
      ?.filter(({ kind, readyState }) => kind === 'audio' && readyState === 'live')
      .map((track) => [track.label, track.enabled]),
  );
  expect(enabled).toEqual([[BUILT_IN, false]]);
  await seenByBen(texts.call.partnerMuted).waitFor();
  await ada.panel.press(texts.media.unmute);
  await expectToHear(ben, ADA);
});

test('DV17: without any camera the call goes on with sound, and the next one plugged in is used', async () => {
  await unplug(BRIO);
  await unplug(INTEGRATED);
  await ada.panel.sentence(texts.devices.lost.camera).waitFor();
  await seenByBen(withName(texts.call.partnerCameraOff, 'Ada')).waitFor();
  await expectToHear(ben, ADA);
  await plug(BRIO);
  await expectToSee(ben, ADA);
});

test('DV18: devices are changed during a call, in a dialog over it', async () => {
  await plug(INTEGRATED);
  const before = await descriptions();
  const absence = await longestAbsence(ben, 'Ada');
  await ada.panel.press(texts.devices.open);
  const cameras = ada.place.getByLabel(texts.devices.camera, { exact: true });
  await cameras.selectOption({ label: BRIO });
  await expect.poll(() => cameras.locator('option:checked').textContent(), SOON).toContain(BRIO);
  await ada.panel.press(texts.devices.done);
  await expectToSee(ben, ADA);
  expect(await absence()).toBeLessThan(REPLACED_MS);
  expect(await descriptions()).toBe(before);
});

test('DV10: after the visit no camera and no microphone is open', async () => {
  await ada.panel.press(texts.call.leave);
  await ada.panel.press(texts.afterCall.leave);
  await ada.panel.sentence(texts.stopped.left.title).waitFor();
  expect(await liveTracks(ada)).toEqual([]);
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
