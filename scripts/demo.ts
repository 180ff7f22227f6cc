import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchViewer, type Viewer } from '../e2e/browser/launchViewer.ts';
import { LARGE_CAMERA_SHAPE } from '../e2e/media/cameraFile.ts';
import { CAST } from '../e2e/media/cast.ts';
import type { Person } from '../e2e/media/person.ts';
import { waitForPicture } from '../e2e/media/waitForPicture.ts';
import { registerEvent } from '../e2e/organizer/registerEvent.ts';
import { drivePanel, type PanelDriver } from '../e2e/panel/drivePanel.ts';
import { startFoyer } from '../e2e/server/startFoyer.ts';
import { startStreamSite } from '../e2e/streamSite/startStreamSite.ts';
import texts from '../extension/locales/en.json' with { type: 'json' };
import { isFree } from './demo/isFree.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXTENSION = join(ROOT, '.output/chrome-mv3');
const PICTURES = join(ROOT, 'demo');
/** Where an extension fresh from the build looks for its server. */
const USUAL_PORT = 8787;
const TITLE = 'Building for the hallway';
const WATCH_PAGE = 'https://www.youtube.com/watch?v=FoyerDemo01';
const SHORT_LINK = 'https://youtu.be/FoyerDemo01';
/** Generous: a small machine starts two browsers and encodes two pictures at once. */
const CALL_DEADLINE_MS = 60_000;

/** One of the two in front of the stream, with the panel open. */
interface Seat {
  readonly person: Person;
  readonly viewer: Viewer;
  readonly page: Page;
  readonly panel: PanelDriver;
}

/** What the demo started, to be stopped in the opposite order. */
const stops: (() => Promise<void>)[] = [];

async function main(): Promise<void> {
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
  });
  try {
    await Promise.race([showDemo(interrupted), interrupted]);
  } catch (error) {
    console.error(`\nThe demo did not work. ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  } finally {
    console.log('Closing browsers and servers …');
    for (const stop of stops.reverse()) await stop().catch(reportUnstopped);
  }
  console.log(process.exitCode === 1 ? 'All is closed.' : 'All is closed. Thank you for watching.');
  // A browser that was just being opened when Ctrl-C came would keep the process.
  process.exit();
}

function reportUnstopped(error: unknown): void {
  console.error('Something did not close:', error);
  process.exitCode = 1;
}

async function showDemo(interrupted: Promise<void>): Promise<void> {
  const headed = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  console.log('1. Starting the Foyer server, and a site with a livestream.');
  const foyer = await startFoyer({ PORT: (await isFree(USUAL_PORT)) ? String(USUAL_PORT) : '0' });
  stops.push(() => foyer.close());
  const site = await startStreamSite();
  stops.push(() => site.stop());
  console.log(`2. The organizer registers the talk "${TITLE}": three addresses, one lobby.`);
  const urls = [WATCH_PAGE, SHORT_LINK, site.plainUrl];
  await registerEvent(foyer.url, { title: TITLE, addresses: urls.map((url) => ({ url })) });

  const how = headed ? '' : ', both invisible because there is no display';
  console.log(`3. Two people open the stream, each in a browser of their own${how}.`);
  const sit = (person: Person, address: string) =>
    takeSeat(person, address, { serverUrl: foyer.url, hosts: site.hosts, headed });
  const ada = await sit(CAST.ada, WATCH_PAGE);
  const ben = await sit(CAST.ben, SHORT_LINK);
  await meet(ada, ben);
  console.log('5. Taking a picture of both screens.');
  await takePictures([ada, ben]);
  if (process.argv.includes('--once')) return;
  tellThirdSeat(foyer.url, site.plainUrl);
  await interrupted;
}

interface Surroundings {
  readonly serverUrl: string;
  readonly hosts: Readonly<Record<string, string>>;
  readonly headed: boolean;
}

async function takeSeat(person: Person, address: string, around: Surroundings): Promise<Seat> {
  console.log(`   ${person.name} watches ${address}`);
  const viewer = await launchViewer({
    person,
    extensionFolder: EXTENSION,
    hosts: around.hosts,
    headed: around.headed,
    cameraShape: LARGE_CAMERA_SHAPE,
    closedByCaller: true,
  });
  stops.push(() => viewer.close());
  await viewer.setServer(around.serverUrl);
  const page = viewer.context.pages()[0] ?? (await viewer.context.newPage());
  await page.goto(address);
  await page.click('#play');
  await viewer.pressToolbarButton(page);
  const panel = drivePanel(await viewer.panelOf(page));
  await panel.enterLobby(person.name);
  console.log(`   ${person.name} opened Foyer beside the stream and is in the lobby.`);
  return { person, viewer, page, panel };
}

async function meet(first: Seat, second: Seat): Promise<void> {
  console.log('4. Both press Ready. Foyer pairs them, and they call each other directly.');
  await first.panel.pressReady();
  await second.panel.pressReady();
  for (const [watcher, partner] of [
    [first, second],
    [second, first],
  ] as const) {
    const video = watcher.panel.partnerVideo(partner.person.name);
    await waitForPicture(video, partner.person, CALL_DEADLINE_MS);
    console.log(`   ${watcher.person.name} sees ${partner.person.name}.`);
  }
  for (const { panel, page } of [first, second]) {
    await panel.sentence(texts.call.timeLeft).waitFor({ timeout: CALL_DEADLINE_MS });
    await page.mouse.move(0, 0);
  }
}

async function takePictures(seats: readonly Seat[]): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  for (const { person, page } of seats) {
    const path = join(PICTURES, `${person.name.toLowerCase()}.png`);
    await page.screenshot({ path });
    console.log(`   ${person.name}'s screen: ${path}`);
  }
}

function tellThirdSeat(serverUrl: string, talkUrl: string): void {
  const options = `
  2. The extension looks for its server at http://127.0.0.1:${USUAL_PORT}, but another program has that
     port. Open the extension's options (Details, then "Extension options"), type
     ${serverUrl} and save.`;
  const found = `
  2. There is nothing to set: the extension finds the server at ${serverUrl} by itself.`;
  console.log(`
A third seat is free. Take it with your own Chrome or Chromium:
  1. Open chrome://extensions, switch "Developer mode" on, press "Load unpacked", and pick
     ${EXTENSION}${new URL(serverUrl).port === String(USUAL_PORT) ? found : options}
  3. Open ${talkUrl}
     press Play, then the Foyer button at the page's edge or in the toolbar, and press Ready.
Ada and Ben talk for two minutes; then one of them meets you.
Press Ctrl-C to end the demo.`);
}

await main();
