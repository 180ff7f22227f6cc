import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameCount } from '../../e2e/blur/frameCount.ts';
import { sitterCameras } from '../../e2e/blur/sitterCamera.ts';
import type { SceneSize } from '../../e2e/blur/sitterScene.ts';
import { EXTENSION_ID } from '../../shared/extensionIdentity.ts';
import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { blurFlags } from './blurFlags.ts';
import { buildBlurPage } from './buildBlurPage.ts';
import { contactSheet, type Quality } from './contactSheet.ts';
import { cpuSeconds } from './cpuSeconds.ts';
import { launchPlainChromium, type PlainPage } from './plainChromium.ts';
import type { PipelineName } from './page/blurPage.ts';
import { reportBlur, type SizeResult } from './reportBlur.ts';

const SIZES: readonly SceneSize[] = [
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
];
/** By turns, so that a disturbance hits all of them; Foyer's own figures are the medians of three. */
const TURNS: readonly PipelineName[] = [
  'raw',
  ...(['foyer', 'recipe', 'liveKit', 'foyerHalf'] as const),
  ...(['foyer', 'recipe', 'liveKit', 'foyer'] as const),
];
const HIDDEN_ROUNDS = 2;
const MEASURED_MS = 4_000;
/** Compiling, and the first masks. */
const WARM_UP_MS = 700;
const INSPECTED_MS = 4_000;

/** A browser with the bench's extension and a camera of one size. */
interface Place {
  readonly size: SceneSize;
  readonly pid: number;
  open(): Promise<PlainPage>;
}

/**
 * Background blur as the extension ships it, against the usual recipe and LiveKit's processors, by
 * turns in one browser: frames a second that reach a reader of the track, and the CPU time of the
 * whole browser meanwhile. Then what is on the frames, the picture's quality, and a hidden tab.
 */
export async function blur(): Promise<Figures> {
  const stops: (() => Promise<void>)[] = [];
  try {
    const folder = await mkdtemp(join(tmpdir(), 'blur-bench-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    console.error('Drawing the camera’s pictures and building the page …');
    await buildBlurPage(join(folder, 'extension'));
    const cameras = await sitterCameras(SIZES);
    const results: SizeResult[] = [];
    const qualities: Quality[] = [];
    for (const [index, size] of SIZES.entries()) {
      const cameraFile = join(folder, `camera-${size.height}.y4m`);
      await writeFile(cameraFile, cameras[index] ?? '');
      const browser = await launchPlainChromium(blurFlags(join(folder, 'extension'), cameraFile));
      stops.push(browser.close);
      const page = `chrome-extension://${EXTENSION_ID}/index.html`;
      const place = { size, pid: browser.pid, open: () => browser.open(page) };
      results.push(await measureSize(place));
      qualities.push(await contactSheet(place));
      await browser.close();
    }
    return reportBlur(results, qualities);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function measureSize(place: Place): Promise<SizeResult> {
  console.error(`${place.size.width} × ${place.size.height}: ${TURNS.length} runs by turns …`);
  const runs: Record<PipelineName, Run[]> = {
    raw: [],
    foyer: [],
    foyerHalf: [],
    recipe: [],
    liveKit: [],
  };
  for (const name of TURNS) runs[name].push(await runOnce(place, name));
  const median = (name: PipelineName) => ({
    fps: percentile(
      runs[name].map(({ fps }) => fps),
      0.5,
    ),
    cores: percentile(
      runs[name].map(({ cores }) => cores),
      0.5,
    ),
  });
  return {
    size: place.size,
    raw: median('raw'),
    foyer: median('foyer'),
    foyerHalf: median('foyerHalf'),
    recipe: fastest(runs.recipe),
    liveKit: fastest(runs.liveKit),
    longTasks: Math.max(...runs.foyer.map(({ longTasks }) => longTasks)),
    hiddenRatio: await hiddenRatio(place),
    inspected: await inspect(place),
  };
}

interface Run {
  readonly fps: number;
  readonly cores: number;
  readonly longTasks: number;
}

/** A baseline gets the best of its runs. */
function fastest(runs: readonly Run[]): Run {
  const sorted = [...runs].sort((left, right) => right.fps - left.fps);
  if (!sorted[0]) throw new Error('It did not run.');
  return sorted[0];
}

/** A page of its own for each run: no library that another one loaded is in its way. */
async function runOnce(place: Place, name: PipelineName): Promise<Run> {
  const page = await place.open();
  await start(page, name, place.size);
  const before = { at: performance.now(), cpu: cpuSeconds(place.pid) };
  const fps = await framesPerSecond(page);
  const seconds = (performance.now() - before.at) / 1_000;
  const cores = (cpuSeconds(place.pid) - before.cpu) / seconds;
  const longTasks = await page.evaluate(() => globalThis.blurBench?.longTasks() ?? 0, null);
  await page.close();
  return { fps, cores, longTasks };
}

/** Frames a second behind another tab, by those in front, by turns. */
async function hiddenRatio(place: Place): Promise<number> {
  const page = await place.open();
  await start(page, 'foyer', place.size);
  const other = await place.open();
  const [seen, hidden]: [number[], number[]] = [[], []];
  for (let round = 0; round < HIDDEN_ROUNDS; round += 1) {
    await page.show();
    seen.push(await framesPerSecond(page));
    await other.show();
    const state = await page.evaluate(() => document.visibilityState, null);
    if (state !== 'hidden') throw new Error(`The tab behind another one is ${state}.`);
    hidden.push(await framesPerSecond(page));
  }
  await Promise.all([page.close(), other.close()]);
  return percentile(hidden, 0.5) / percentile(seen, 0.5);
}

/** What is on every frame from the very switch-on on. */
async function inspect(place: Place): Promise<FrameCount> {
  const page = await place.open();
  const count = await page.evaluate(
    async ({ size, forMs }) => {
      await globalThis.blurBench?.inspect(size);
      await new Promise((resolve) => setTimeout(resolve, forMs));
      return globalThis.blurBench?.inspected();
    },
    { size: place.size, forMs: INSPECTED_MS },
  );
  await page.close();
  if (!count) throw new Error('Nothing was counted.');
  return count;
}

async function start(page: PlainPage, name: PipelineName, size: SceneSize): Promise<void> {
  await page.evaluate(
    async ({ name, size, warmUpMs }) => {
      await globalThis.blurBench?.start(name, size);
      await new Promise((resolve) => setTimeout(resolve, warmUpMs));
    },
    { name, size, warmUpMs: WARM_UP_MS },
  );
}

/** At least one is counted: a baseline that shows none in the time is not infinitely slower. */
async function framesPerSecond(page: PlainPage): Promise<number> {
  const found = await page.evaluate(
    (forMs) => globalThis.blurBench?.framesPerSecond(forMs),
    MEASURED_MS,
  );
  return Math.max(found ?? 0, 1_000 / MEASURED_MS);
}
