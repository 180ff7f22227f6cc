import { fileURLToPath } from 'node:url';
import type { Locator, Worker } from 'playwright-core';
import texts from '../../extension/locales/en.json' with { type: 'json' };
import { bundleForPage } from '../browser/bundleForPage.ts';
import type { Viewer } from '../browser/launchViewer.ts';
import { recordTracks } from '../stories/liveTracks.ts';
import type { Seat } from '../stories/takeSeat.ts';
import type { FrameCount } from './frameCount.ts';

/** All pages of this viewer count the frames of the tracks that they make, from now on. */
export async function recordFrames({ context }: Viewer): Promise<void> {
  const path = fileURLToPath(new URL('recordEffectTracks.ts', import.meta.url));
  await context.addInitScript({ content: await bundleForPage(path) });
  await context.addInitScript(recordTracks);
}

/** The counts of all tracks that the panel made for blur so far, in order. */
export function effectCounts({ place }: Seat): Promise<FrameCount[]> {
  return place.evaluate(() => (globalThis.effectTracks ?? []).map(({ count }) => ({ ...count })));
}

export function blurSwitch({ place }: Seat): Locator {
  return place.getByRole('switch', { name: texts.blur.label });
}

/** The strength can be changed only while the blur is at work. */
export function strengthSlider({ place }: Seat): Locator {
  return place.getByLabel(texts.blur.strength);
}

/** The panel's workers for blur. */
export function blurWorkers({ page }: Seat, name: 'pump' | 'segmenter'): Worker[] {
  return page.workers().filter((worker) => worker.url().includes(`${name}Worker`));
}

/** Ends a worker without a word, as a browser that is short of memory does. */
export async function killWorker(worker: Worker): Promise<void> {
  await worker.evaluate(() => setTimeout(() => close()));
}
