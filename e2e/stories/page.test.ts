import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import type { Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import { liveTracks, recordTracks } from './liveTracks.ts';
import { asPartner, expectToMeet, expectToSee, SOON } from './perceive.ts';
import { openStage, type Stage } from './stage.ts';
import { seatOn, takeSeat, type Seat } from './takeSeat.ts';

const TALK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
/** Where the stream page's own button leads, without a load. */
const NEXT_TALK = 'https://www.youtube.com/watch?v=NextTalk_42';

let stage: Stage<readonly [Viewer, Viewer]>;

beforeAll(async () => {
  stage = await openStage(CAST.ada, CAST.ben);
  const register = (title: string, url: string) =>
    registerEvent(stage.server.url, { title, addresses: [{ url }] });
  await register('First talk', TALK);
  await register('Second talk', NEXT_TALK);
  await stage.viewers[0].context.addInitScript(recordTracks);
});

afterAll(() => stage?.close());

async function watch(viewer: Viewer): Promise<Page> {
  const page = await viewer.context.newPage();
  await page.goto(TALK);
  await page.click('#play');
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.2);
  return page;
}

async function openPanel(viewer: Viewer, page: Page): Promise<Seat> {
  await viewer.pressToolbarButton(page);
  return seatOn(viewer, page);
}

/** How the player is set, without what changes while it plays. */
function playerSettings(page: Page) {
  return page.locator('#player').evaluate((player: HTMLVideoElement) => {
    const { paused, muted, volume, playbackRate } = player;
    return { paused, muted, volume, playbackRate };
  });
}

function playedSeconds(page: Page): Promise<number> {
  return page.locator('#player').evaluate((player: HTMLVideoElement) => player.currentTime);
}

async function expectToPlayOn(page: Page): Promise<void> {
  const before = await playedSeconds(page);
  await expect.poll(() => playedSeconds(page), SOON).toBeGreaterThan(before);
}

/** Where everything on the page is, to the pixel, and what was put into it. */
function layout(page: Page) {
  return page.evaluate(() =>
    ['html', 'body', 'header', '#stage', '#player', 'main', 'h1', 'nav'].map((selector) => {
      const element = document.querySelector(selector);
      const box = JSON.stringify(element?.getBoundingClientRect());
      return [selector, box, element?.getAttribute('style'), element?.className];
    }),
  );
}

/** The whole player is on the screen, and the panel begins where it ends. */
async function expectPlayerBesidePanel(page: Page): Promise<void> {
  const player = (await page.locator('#player').boundingBox())!;
  const panel = (await page.locator('iframe[title="Foyer"]').boundingBox())!;
  expect(player.width).toBeGreaterThan(0);
  expect(player.x).toBeGreaterThanOrEqual(0);
  expect(player.x + player.width).toBeLessThanOrEqual(panel.x);
  expect(panel.x + panel.width).toBe(page.viewportSize()!.width);
}

test('E2E14: keys typed in the panel stay there, and the player neither stops nor lies covered', async () => {
  const [ada, ben] = stage.viewers;
  const page = await watch(ada);
  await page.locator('#player').evaluate((player: HTMLVideoElement) => (player.volume = 0.35));
  const settings = await playerSettings(page);
  expect(settings).toEqual({ paused: false, muted: false, volume: 0.35, playbackRate: 1 });
  const before = await layout(page);

  const seat = await openPanel(ada, page);
  await seat.place.getByLabel(texts.nameForm.label, { exact: true }).click();
  await page.keyboard.type('Ada k m f');
  expect(await seat.place.getByLabel(texts.nameForm.label).inputValue()).toBe('Ada k m f');
  await page.keyboard.press('Enter');
  await seat.panel.press(texts.greenRoom.enter);
  await expectPlayerBesidePanel(page);
  await expectToPlayOn(page);
  expect(await playerSettings(page)).toEqual(settings);

  const bens = await takeSeat(ben, TALK);
  await bens.panel.enterLobby('Ben');
  await seat.panel.pressReady();
  await bens.panel.pressReady();
  await expectToSee(seat, asPartner(CAST.ben));
  await seat.place.getByRole('button', { name: texts.media.mute }).focus();
  await page.keyboard.press('k');
  await expectToPlayOn(page);
  await expectPlayerBesidePanel(page);
  expect(await playerSettings(page)).toEqual(settings);
  expect(await page.textContent('#keys')).toBe('');

  await seat.panel.press(texts.call.leave);
  await seat.panel.press(texts.frame.close);
  await expect.poll(() => layout(page), SOON).toEqual(before);
  await expectToPlayOn(page);
  expect(await playerSettings(page)).toEqual(settings);
  await page.press('body', 'k');
  expect(await page.textContent('#keys')).toBe('k ');
  await Promise.all([page.close(), bens.page.close()]);
});

test('E2E15: the panel and the door follow a navigation without a load, and a call outlives it', async () => {
  const [ada, ben] = stage.viewers;
  const page = await watch(ada);
  const doorTo = (title: string) => page.getByRole('button', { name: `Open Foyer: ${title}.` });
  await doorTo('First talk').waitFor();
  await page.click('#next-talk');
  await doorTo('Second talk').waitFor();
  await page.click('#start-page');
  await doorTo('Second talk').waitFor({ state: 'detached' });
  await page.goBack();
  await doorTo('Second talk').waitFor();

  const seat = await openPanel(ada, page);
  await seat.place.getByText('Second talk').first().waitFor();
  await page.goBack();
  await seat.place.getByText('First talk').first().waitFor();

  await page.goForward();
  await seat.place.getByText('Second talk').first().waitFor();
  const bens = await takeSeat(ben, NEXT_TALK);
  await bens.panel.enterLobby('Ben');
  await bens.panel.pressReady();
  await seat.panel.enterLobby('Ada');
  await seat.panel.pressReady();
  await expectToMeet(seat, bens);
  await page.click('#start-page');
  await doorTo('Second talk').waitFor({ state: 'detached' });
  await expectToMeet(seat, bens);
  await Promise.all([page.close(), bens.page.close()]);
});

test('E2E15: the toolbar button opens and closes the panel, and leaving lets the camera go', async () => {
  const [ada] = stage.viewers;
  const page = await watch(ada);
  const seat = await openPanel(ada, page);
  await seat.panel.enterLobby('Ada');
  await seat.panel.sentence('1 person here').waitFor();
  expect(await liveTracks(seat)).toEqual(['audio', 'video']);
  await seat.panel.press(texts.waitingRoom.leave);
  await seat.panel.sentence(texts.stopped.left.title).waitFor();
  expect(await liveTracks(seat)).toEqual([]);

  await ada.pressToolbarButton(page);
  await page.locator('iframe[title="Foyer"]').waitFor({ state: 'detached' });
  await openPanel(ada, page);
  await page.close();
});

test('E2E17: no page complains meanwhile', () => {
  expect(stage.problems()).toEqual([]);
});
