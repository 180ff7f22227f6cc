import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { watchConnections } from '../network/page/watchConnections.ts';
import { withName } from '../panel/drivePanel.ts';
import { SOON } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { takeSeat, type Seat } from './takeSeat.ts';

const WATCH_PAGE = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
const { connection: words } = texts;

let stage: Stage<readonly [Viewer, Viewer]>;
let ada: Seat;
let ben: Seat;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
  await registerEvent(stage.server.url, {
    title: 'A talk',
    addresses: [{ url: WATCH_PAGE }],
    callSeconds: 120,
  });
  await stage.viewers[1].context.addInitScript(watchConnections);
  await stage.viewers[1].context.grantPermissions(['clipboard-read'], {
    origin: new URL(WATCH_PAGE).origin,
  });
  [ada, ben] = await Promise.all([
    takeSeat(stage.viewers[0], WATCH_PAGE),
    takeSeat(stage.viewers[1], WATCH_PAGE),
  ]);
  await ada.panel.enterLobby('Ada');
  await ben.panel.enterLobby('Ben');
  await ada.panel.pressReady();
  await ben.panel.pressReady();
  await Promise.all([openDetails(ada, 'Ben').waitFor(), openDetails(ben, 'Ada').waitFor()]);
});

afterAll(() => stage?.close());

const openDetails = (seat: Seat, partner: string) =>
  seat.place.getByRole('button', { name: withName(words.open.good, partner) });

/** As a camera whose driver hangs: nothing says that it is off. */
function sendNoPicture({ place }: Seat): Promise<void> {
  return place.evaluate(async () => {
    for (const connection of globalThis.watchedConnections ?? []) {
      const sender = connection.getSenders().find(({ track }) => track?.kind === 'video');
      await sender?.replaceTrack(null);
    }
  });
}

test('SM27: the partner’s name opens the call’s last minute, in figures and in words', async () => {
  await openDetails(ada, 'Ben').click();
  const details = ada.place.getByRole('dialog', { name: words.details.title });
  await details.getByText('Direct, over UDP').waitFor();
  await details
    .getByText(/^\w+, \d+ × \d+$/)
    .first()
    .waitFor();
  const frames = details.getByRole('figure', { name: words.details.frames });
  await expect
    .poll(async () => Number((await frames.textContent())?.match(/second(\d+)/)?.[1]), SOON)
    .toBeGreaterThan(10);
  expect(await details.locator('canvas').count()).toBe(5);
});

test('SM27: Escape closes it, and the focus is back where it came from', async () => {
  await ada.page.keyboard.press('Escape');
  await ada.place.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect
    .poll(() => ada.place.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe(withName(words.open.good, 'Ben'));
});

test('SM23, SM24: what is copied tells of the call and of nobody', async () => {
  await openDetails(ben, 'Ada').click();
  await ben.panel.press(words.details.copy);
  // Where the browser keeps the panel from the clipboard, the same text stands there to be copied.
  const done = ben.panel.sentence(words.details.copied);
  const shown = ben.place.getByLabel(words.details.report);
  await done.or(shown).waitFor();
  const report = (await shown.isVisible())
    ? await shown.inputValue()
    : await ben.page.evaluate(() => navigator.clipboard.readText());
  await ben.panel.press(words.details.close);
  expect(JSON.parse(report)).toMatchObject({
    path: { own: 'host', partner: expect.stringMatching(/host|prflx/) as string, protocol: 'udp' },
    incoming: { video: { codec: expect.stringMatching(/^video\/\w+$/) as string } },
  });
  expect(report).not.toMatch(/Ada|Ben|fake_device|\d+\.\d+\.\d+\.\d+|[0-9a-f]{8}-|candidate/i);
});

test('SM28: a camera that goes off is said and read aloud, and is no trouble', async () => {
  await ben.panel.press(texts.media.turnCameraOff);
  const off = withName(words.status.cameraOff, 'Ben');
  await ada.place.getByRole('status').filter({ hasText: off }).waitFor({ state: 'attached' });
  await ada.panel.sentence(withName(texts.call.partnerCameraOff, 'Ben')).first().waitFor();
  await ben.panel.press(texts.media.turnCameraOn);
  await ada.place.getByRole('status').filter({ hasText: off }).waitFor({ state: 'detached' });
});

test('SM29: a sender that stops without a word is said to have stopped', async () => {
  await sendNoPicture(ben);
  const stopped = withName(words.status.pictureStopped, 'Ben');
  await ada.place.getByRole('status').filter({ hasText: stopped }).waitFor({ state: 'attached' });
  await ada.panel.sentence(words.hint.pictureStopped).waitFor();
});

test('PN13: the panel has its own letters, in their own size', async () => {
  const body = await ada.place.evaluate(() => {
    const { fontFamily, fontSize } = getComputedStyle(document.body);
    return { fontFamily, fontSize };
  });
  expect(body.fontFamily).toContain('Inter Variable');
  expect(body.fontSize).toBe('15px');
});

test('SM27: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
