import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { findTone } from '../media/findTone.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { asPartner, expectToSee, SOON } from '../stories/perceive.ts';
import { openStage, type Stage } from '../stories/stage.ts';
import { takeSeat, type Seat } from '../stories/takeSeat.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
const SPEAKER = 'Fake Audio Output 1';
/** What is recorded passes a codec. */
const TONE_TOLERANCE_HZ = 15;
/** More presses of Tab than there are controls. */
const MANY_TABS = 30;

declare global {
  var playedHere: { audio: HTMLAudioElement; sinkId: string }[] | undefined;
  var keptSounds: Blob[] | undefined;
}

/** An init script: keeps what a page plays by itself, and through which speaker. */
function recordPlayback(): void {
  const played: { audio: HTMLAudioElement; sinkId: string }[] = [];
  const sounds: Blob[] = [];
  globalThis.playedHere = played;
  globalThis.keptSounds = sounds;
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    if (this instanceof HTMLAudioElement) played.push({ audio: this, sinkId: this.sinkId });
    return play.call(this);
  };
  const createUrl = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (thing: Blob | MediaSource) => {
    if (thing instanceof Blob) sounds.push(thing);
    return createUrl(thing);
  };
}

let stage: Stage<readonly [Viewer, Viewer]>;
let ada: Seat;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
  await registerEvent(stage.server.url, { title: 'Sound check', addresses: [{ url: TALK }] });
  await stage.viewers[0].context.addInitScript(recordPlayback);
  ada = await takeSeat(stage.viewers[0], TALK);
  await ada.panel.giveName('Ada');
  await ada.place.getByRole('button', { name: texts.devices.test.microphone }).waitFor();
});

afterAll(() => stage?.close());

/** Goes on with Tab until the control of this name has the focus. */
async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < MANY_TABS; presses += 1) {
    await ada.page.keyboard.press('Tab');
    const focused = await ada.place.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLSelectElement ? element.labels[0] : element;
      return element?.getAttribute('aria-label') ?? label?.textContent?.trim() ?? '';
    });
    if (focused === name) return;
  }
  throw new Error(`The Tab key does not lead to “${name}”.`);
}

/** The sound that the panel has made last, as 12 kHz samples. */
const lastSound = () =>
  ada.place.evaluate(async () => {
    const sound = globalThis.keptSounds?.at(-1);
    if (!sound) throw new Error('Nothing has been played here.');
    const context = new OfflineAudioContext(1, 1, 48_000);
    const buffer = await context.decodeAudioData(await sound.arrayBuffer());
    const samples = [...buffer.getChannelData(0)].filter((_, index) => index % 4 === 0);
    return { samples, seconds: buffer.duration };
  });

test('DV18: by keyboard alone, a speaker is chosen and plays a tune', async () => {
  await ada.place.getByLabel(texts.greenRoom.preview, { exact: true }).click();
  await tabTo(texts.devices.speaker);
  const speakers = ada.place.getByLabel(texts.devices.speaker, { exact: true });
  await expect
    .poll(async () => {
      await ada.page.keyboard.press('ArrowDown');
      return speakers.locator('option:checked').textContent();
    }, SOON)
    .toContain(SPEAKER);
  await tabTo(texts.devices.test.speaker);
  await ada.page.keyboard.press('Enter');
  await ada.panel.sentence(texts.devices.test.playing).waitFor();
  await ada.panel.sentence(texts.devices.test.playing).waitFor({ state: 'detached' });
  const chosen = await speakers.inputValue();
  expect(await ada.place.evaluate(() => globalThis.playedHere?.at(-1)?.sinkId)).toBe(chosen);
  expect((await lastSound()).samples.some((sample) => Math.abs(sample) > 0.1)).toBe(true);
});

test('DV18: one hears oneself after three seconds, and the level shows it meanwhile', async () => {
  await expect
    .poll(
      () =>
        ada.place.getByRole('meter', { name: texts.greenRoom.level }).getAttribute('aria-valuenow'),
      SOON,
    )
    .not.toBe('0');
  await tabTo(texts.devices.test.microphone);
  await ada.page.keyboard.press('Enter');
  await ada.panel.sentence(texts.devices.test.recording).waitFor();
  await ada.panel.sentence(texts.devices.test.playingBack).waitFor();
  await ada.panel.sentence(texts.devices.test.playingBack).waitFor({ state: 'detached' });
  const { samples, seconds } = await lastSound();
  expect(seconds).toBeGreaterThan(2.5);
  expect(seconds).toBeLessThan(4);
  const { hertz } = findTone(samples.slice(6_000, 12_000), 12_000);
  expect(Math.abs(hertz - CAST.ada.toneHz)).toBeLessThanOrEqual(TONE_TOLERANCE_HZ);
});

test('DV18: a muted microphone is not recorded', async () => {
  await ada.panel.press(texts.media.mute);
  const test = ada.place.getByRole('button', { name: texts.devices.test.microphone });
  expect(await test.isDisabled()).toBe(true);
  await ada.panel.press(texts.media.unmute);
});

test('DV15: the partner is heard through the chosen speaker, in this visit and the next', async () => {
  const [, ben] = stage.viewers;
  await ada.panel.press(texts.greenRoom.enter);
  await ada.panel.pressReady();
  const bens = await takeSeat(ben, TALK);
  await bens.panel.enterLobby('Ben');
  await bens.panel.pressReady();
  await expectToSee(ada, asPartner(CAST.ben));
  const sink = await ada.panel.partnerVideo('Ben').evaluate(async (element) => {
    const { sinkId } = element as HTMLVideoElement;
    const all = await navigator.mediaDevices.enumerateDevices();
    return all.find(({ kind, deviceId }) => kind === 'audiooutput' && deviceId === sinkId)?.label;
  });
  expect(sink).toBe(SPEAKER);
  await Promise.all([bens.page.close(), ada.page.close()]);

  ada = await takeSeat(stage.viewers[0], TALK);
  await ada.panel.giveName('Ada');
  const speakers = ada.place.getByLabel(texts.devices.speaker, { exact: true });
  await expect.poll(() => speakers.locator('option:checked').textContent(), SOON).toBe(SPEAKER);
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
