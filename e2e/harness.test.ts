import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBarePair, type BarePair } from './barePair/openBarePair.ts';
import { startRelay } from './barePair/startRelay.ts';
import { installCallSetupClock } from './browser/callSetupClock.ts';
import { launchViewer, type Viewer } from './browser/launchViewer.ts';
import { readCallSetup } from './browser/readCallSetup.ts';
import { CAST } from './media/cast.ts';
import { hearTone } from './media/hearTone.ts';
import { watchVideo } from './media/watchVideo.ts';
import type { RunningProcess } from './server/startProcess.ts';
import { startStreamSite, type StreamSite } from './streamSite/startStreamSite.ts';

const extensionFolder = fileURLToPath(new URL('probe/extension', import.meta.url));
const SOON = { timeout: 30_000, interval: 100 };

let site: StreamSite;
let relay: RunningProcess;
let ada: Viewer;
let ben: Viewer;

beforeAll(async () => {
  [site, relay] = await Promise.all([startStreamSite(), startRelay()]);
  const { hosts } = site;
  ada = await launchViewer({ person: CAST.ada, extensionFolder, hosts });
  ben = await launchViewer({ person: CAST.ben, extensionFolder, hosts });
  for (const viewer of [ada, ben]) await viewer.context.addInitScript(installCallSetupClock);
});

afterAll(async () => {
  await Promise.all([ada?.close(), ben?.close(), relay?.stop(), site?.stop()]);
});

async function expectToPerceive(pair: BarePair, side: 0 | 1, partner: Viewer) {
  const video = pair.pages[side].locator('#remote');
  const { code, toneHz } = partner.person;
  const times = new Set<number>();
  await expect
    .poll(async () => {
      const content = await watchVideo(video);
      if (content.ok) expect(content.value.personCode).toBe(code);
      if (content.ok) times.add(content.value.timeCode);
      return times.size;
    }, SOON)
    .toBeGreaterThanOrEqual(4);
  await expect
    .poll(async () => Math.abs(((await hearTone(video))?.hertz ?? 0) - toneHz), SOON)
    .toBeLessThanOrEqual(15);
}

test('E2E1: each of a bare pair sees the picture and hears the tone of the other', async () => {
  const pair = await openBarePair([ada, ben], `${relay.url}/one`);
  await pair.call();
  await expectToPerceive(pair, 0, ben);
  await expectToPerceive(pair, 1, ada);
  for (const page of pair.pages) {
    const duration = await readCallSetup(page, 1);
    expect(duration).toBeGreaterThan(0);
    expect(duration).toBeLessThan(30_000);
  }
  await pair.hangUp();
  expect(await watchVideo(pair.pages[0].locator('#remote'))).toEqual({ ok: false, error: 'blank' });
  expect(await hearTone(pair.pages[0].locator('#remote'))).toBeNull();
});

test.each([
  'https://www.youtube.com/watch?v=abc',
  'https://youtu.be/abc',
  'https://conf.example/a',
])('E2E4: a frame of an extension on %s reaches a server on this machine', async (address) => {
  const page = await ada.context.newPage();
  await page.goto(address);
  await ada.pressToolbarButton(page);
  const panel = await ada.panelOf(page);
  const answer = await panel.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => socket.send('{"type":"ready"}');
        socket.onmessage = () => resolve('message');
        socket.onerror = () => resolve('error');
        const other = new WebSocket(url);
        other.onopen = () => other.send('{"type":"ready"}');
      }),
    `${relay.url}/${encodeURIComponent(address)}`,
  );
  expect(answer).toBe('message');
  expect(await panel.evaluate(() => globalThis.callsMatched)).toBe(2);
  await page.close();
});

test('E2E5: the stream page plays on Play, navigates without loading, and records keys', async () => {
  const page = await ada.context.newPage();
  await page.goto('https://www.youtube.com/watch?v=abc');
  await page.click('#play');
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.3);
  await page.click('#next-talk');
  expect(page.url()).toBe('https://www.youtube.com/watch?v=NextTalk_42');
  await page.press('body', 'k');
  expect(await page.textContent('#keys')).toBe('k ');
  await page.close();
});

test('E2E5: the stream page is also there over plain HTTP, without any mapping', async () => {
  const page = await ben.context.newPage();
  await page.goto(site.plainUrl);
  expect(await page.textContent('#address')).toBe(site.plainUrl);
  await page.close();
});

test('E2E5: a page of nocamera.example gives no frame a camera', async () => {
  const page = await ben.context.newPage();
  await page.goto('https://nocamera.example/talk');
  await ben.pressToolbarButton(page);
  const panel = await ben.panelOf(page);
  const outcome = await panel.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'opened',
      (error: DOMException) => error.name,
    ),
  );
  expect(outcome).toBe('NotAllowedError');
  await page.close();
});

test('E2E6: errors of pages are collected, and the server address reaches the extension', async () => {
  const page = await ben.context.newPage();
  await page.goto('https://conf.example/talk');
  await page.evaluate(() => console.error('a problem'));
  await expect
    .poll(() => ben.problems.filter((text) => text.includes('a problem')), SOON)
    .toEqual(['https://conf.example/talk: a problem']);
  await ben.setServer('http://127.0.0.1:1');
  await ben.pressToolbarButton(page);
  const panel = await ben.panelOf(page);
  expect(await panel.evaluate(() => chrome.storage.local.get())).toEqual({
    serverUrl: 'http://127.0.0.1:1',
  });
  await page.close();
});
