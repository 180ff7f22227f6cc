import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { launchViewer, type Viewer } from '../e2e/browser/launchViewer.ts';
import { LARGE_CAMERA_SHAPE } from '../e2e/media/cameraFile.ts';
import { CAST } from '../e2e/media/cast.ts';
import type { Person } from '../e2e/media/person.ts';
import { waitForPicture } from '../e2e/media/waitForPicture.ts';
import { drivePanel, type PanelDriver } from '../e2e/panel/drivePanel.ts';
import { startFoyer } from '../e2e/server/startFoyer.ts';
import { startStreamSite } from '../e2e/streamSite/startStreamSite.ts';
import type { RegisterRequest } from '../shared/protocol/http.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXTENSION = join(ROOT, '.output/chrome-mv3');
const PICTURES = join(ROOT, 'demo');
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
  } finally {
    console.log('Closing browsers and servers …');
    for (const stop of stops.reverse()) await stop();
  }
}

async function showDemo(interrupted: Promise<void>): Promise<void> {
  const headed = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  console.log('Starting the Foyer server and a page with a livestream …');
  const foyer = await startFoyer();
  stops.push(() => foyer.close());
  const site = await startStreamSite();
  stops.push(() => site.stop());
  await registerTalk(foyer.url, [WATCH_PAGE, site.plainUrl]);

  console.log(`Opening two browsers${headed ? '' : ' (invisible, because there is no display)'}:`);
  const sit = (person: Person, address: string) =>
    takeSeat(person, address, { serverUrl: foyer.url, hosts: site.hosts, headed });
  const ada = await sit(CAST.ada, WATCH_PAGE);
  const ben = await sit(CAST.ben, SHORT_LINK);
  await meet(ada, ben);
  await takePictures([ada, ben]);
  if (process.argv.includes('--once')) return;
  tellThirdSeat(foyer.url, site.plainUrl);
  await interrupted;
}

async function registerTalk(serverUrl: string, urls: readonly string[]): Promise<void> {
  const talk: RegisterRequest = {
    title: 'Building for the hallway',
    addresses: urls.map((url) => ({ url })),
  };
  const answer = await fetch(new URL('/api/events', serverUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: serverUrl },
    body: JSON.stringify(talk),
  });
  if (!answer.ok) throw new Error(`The server did not take the event: ${await answer.text()}`);
}

interface Surroundings {
  readonly serverUrl: string;
  readonly hosts: Readonly<Record<string, number>>;
  readonly headed: boolean;
}

async function takeSeat(person: Person, address: string, around: Surroundings): Promise<Seat> {
  console.log(`  ${person.name} watches ${address}`);
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
  console.log(`  ${person.name} opened Foyer beside the stream and is in the lobby`);
  return { person, viewer, page, panel };
}

async function meet(first: Seat, second: Seat): Promise<void> {
  console.log('Both press Ready …');
  await first.panel.pressReady();
  await second.panel.pressReady();
  for (const [watcher, partner] of [
    [first, second],
    [second, first],
  ] as const) {
    const video = watcher.panel.partnerVideo(partner.person.name);
    await waitForPicture(video, partner.person, CALL_DEADLINE_MS);
    console.log(`  ${watcher.person.name} sees ${partner.person.name}`);
  }
}

async function takePictures(seats: readonly Seat[]): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  for (const { person, page } of seats) {
    const path = join(PICTURES, `${person.name.toLowerCase()}.png`);
    await page.screenshot({ path });
    console.log(`  ${person.name}'s screen is in ${path}`);
  }
}

function tellThirdSeat(serverUrl: string, talkUrl: string): void {
  console.log(`
A third seat is free. Take it with your own Chrome or Chromium:
  1. Open chrome://extensions, switch on "Developer mode", choose "Load unpacked",
     and pick the folder ${EXTENSION}
  2. In the extension's panel, set the server's address to ${serverUrl}
  3. Open ${talkUrl} and press the Foyer button in the toolbar.
Ada and Ben are talking now; whoever is free first meets you.
Press Ctrl-C to end the demo.`);
}

await main();
