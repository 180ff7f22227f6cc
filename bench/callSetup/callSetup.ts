import { fileURLToPath } from 'node:url';
import type { Frame, Page } from 'playwright-core';
import { openBarePair, type BarePair } from '../../e2e/barePair/openBarePair.ts';
import { startRelay } from '../../e2e/barePair/startRelay.ts';
import { installCallSetupClock } from '../../e2e/browser/callSetupClock.ts';
import { launchViewer, type Viewer } from '../../e2e/browser/launchViewer.ts';
import { readCallSetup } from '../../e2e/browser/readCallSetup.ts';
import { CAST } from '../../e2e/media/cast.ts';
import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { startFoyer } from '../../e2e/server/startFoyer.ts';
import { startStreamSite } from '../../e2e/streamSite/startStreamSite.ts';
import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { openFoyerPair } from './foyerPair.ts';
import { startDelay } from './startDelay.ts';

const EXTENSION = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));
const WATCH_PAGE = 'https://www.youtube.com/watch?v=CallSetup01';
/** The first calls of a process load codecs and fonts; they are made and not counted. */
const WARM_UP_CALLS = 3;
const COUNTED_CALLS = 20;
/** From a browser to the server, one way: across a continent. A round trip takes twice as long. */
const FAR_MS = 50;

/** Two sides that can be made to call each other. */
interface Pair {
  readonly frames: readonly (Page | Frame)[];
  call(): Promise<void>;
  hangUp(): Promise<void>;
}

interface Servers {
  readonly foyer: string;
  readonly relay: string;
}

interface Times {
  readonly foyer: readonly number[];
  readonly bare: readonly number[];
}

type Stops = (() => Promise<void>)[];

/**
 * From *matched* to the first remote frame, on both sides, with the camera open before: Foyer as
 * built, against a bare RTCPeerConnection pair with trickle ICE. Both halves run in the same two
 * browsers, by turns, and one clock times them (e2e/browser/callSetupClock.ts). Then once more with
 * Foyer's server and the bare pair's relay 50 ms away; the browsers stay beside each other.
 */
export async function callSetup(): Promise<Figures> {
  const stops: Stops = [];
  try {
    const near = await startServers(stops);
    const viewers = await launchViewers(stops);
    const nearTimes = await timesWith(viewers, near);
    const farTimes = await timesWith(viewers, await moveAway(near, stops));
    return report(nearTimes, farTimes);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function startServers(stops: Stops): Promise<Servers> {
  const server = await startFoyer();
  stops.push(() => server.close());
  const relay = await startRelay();
  stops.push(() => relay.stop());
  await registerEvent(server.url, { title: 'Call set-up', addresses: [{ url: WATCH_PAGE }] });
  return { foyer: server.url, relay: relay.url };
}

async function moveAway({ foyer, relay }: Servers, stops: Stops): Promise<Servers> {
  const away = async (url: string) => {
    const delay = await startDelay(url, FAR_MS);
    stops.push(() => delay.stop());
    return delay.url;
  };
  return { foyer: await away(foyer), relay: (await away(relay)).replace('http:', 'ws:') };
}

async function launchViewers(stops: Stops): Promise<readonly [Viewer, Viewer]> {
  const site = await startStreamSite();
  stops.push(() => site.stop());
  const launch = async (person: Viewer['person']) => {
    const viewer = await launchViewer({ person, extensionFolder: EXTENSION, hosts: site.hosts });
    stops.push(() => viewer.close());
    await viewer.context.addInitScript(installCallSetupClock);
    return viewer;
  };
  return [await launch(CAST.ada), await launch(CAST.ben)];
}

async function timesWith(viewers: readonly [Viewer, Viewer], servers: Servers): Promise<Times> {
  for (const viewer of viewers) await viewer.setServer(servers.foyer);
  const bare = await openBarePair(viewers, `${servers.relay}/bench`);
  const foyer = await openFoyerPair(viewers, WATCH_PAGE);
  const times = await measure({
    bare: { ...bare, frames: bare.pages, call: () => callInFront(bare) },
    foyer: { ...foyer, frames: foyer.panels },
  });
  await Promise.all([bare.close(), foyer.close()]);
  return times;
}

/** A tab behind another one is handed its pictures late; Foyer's panel is in front as well. */
async function callInFront(bare: BarePair): Promise<void> {
  for (const page of bare.pages) await page.bringToFront();
  await bare.call();
}

async function measure({ foyer, bare }: { foyer: Pair; bare: Pair }): Promise<Times> {
  const times = { foyer: [] as number[], bare: [] as number[] };
  console.error(
    `${WARM_UP_CALLS} calls to warm up, then ${COUNTED_CALLS} of each kind, by turns …`,
  );
  for (let call = 1; call <= WARM_UP_CALLS + COUNTED_CALLS; call += 1) {
    const ofBare = await oneCall(bare, call);
    const ofFoyer = await oneCall(foyer, call);
    if (call <= WARM_UP_CALLS) continue;
    times.bare.push(...ofBare);
    times.foyer.push(...ofFoyer);
  }
  return times;
}

/** Both sides' set-up times, ms. */
async function oneCall(pair: Pair, call: number): Promise<number[]> {
  await pair.call();
  const setups = await Promise.all(pair.frames.map((frame) => readCallSetup(frame, call)));
  await pair.hangUp();
  return setups;
}

function report(near: Times, far: Times): Figures {
  console.error(`From matched to the partner's first picture, ${near.foyer.length} sides each:`);
  const beside = compare('server on this machine', near);
  const away = compare(`server ${FAR_MS} ms away, one way`, far);
  console.error(
    'The bars: at most 1.2 times the bare pair beside the server, below 1 away from it.',
  );
  return {
    p50_ms: Math.round(beside.p50),
    p95_ms: Math.round(beside.p95),
    p50_ratio: Number(beside.ratio.toFixed(2)),
    p50_50ms_ms: Math.round(away.p50),
    p50_ratio_50ms: Number(away.ratio.toFixed(2)),
  };
}

function compare(where: string, { foyer, bare }: Times) {
  const p50 = percentile(foyer, 0.5);
  const p95 = percentile(foyer, 0.95);
  const bareP50 = percentile(bare, 0.5);
  const ratio = p50 / bareP50;
  console.error(`${where}
  Foyer      p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms
  bare pair  p50 ${bareP50.toFixed(0)} ms, p95 ${percentile(bare, 0.95).toFixed(0)} ms (the baseline)
  Foyer's median is ${ratio.toFixed(2)} times the bare pair's.`);
  return { p50, p95, ratio };
}
