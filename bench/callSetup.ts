import { fileURLToPath } from 'node:url';
import { openBarePair, type BarePair } from '../e2e/barePair/openBarePair.ts';
import { startRelay } from '../e2e/barePair/startRelay.ts';
import { installCallSetupClock } from '../e2e/browser/callSetupClock.ts';
import { launchViewer, type Viewer } from '../e2e/browser/launchViewer.ts';
import { readCallSetup } from '../e2e/browser/readCallSetup.ts';
import { CAST } from '../e2e/media/cast.ts';
import type { Figures } from './figures.ts';
import { percentile } from './percentile.ts';

/** The first calls of a process load codecs and fonts; they are made and not counted. */
const WARM_UP_CALLS = 3;
const COUNTED_CALLS = 20;

/**
 * From *matched* to the first remote frame on each side, camera already open, between two Chromium
 * processes on this machine: the bare RTCPeerConnection pair with trickle ICE.
 */
export async function callSetup(): Promise<Figures> {
  const extensionFolder = fileURLToPath(new URL('../e2e/probe/extension', import.meta.url));
  const relay = await startRelay();
  const viewers: [Viewer, Viewer] = [
    await launchViewer({ person: CAST.ada, extensionFolder }),
    await launchViewer({ person: CAST.ben, extensionFolder }),
  ];
  try {
    for (const viewer of viewers) await viewer.context.addInitScript(installCallSetupClock);
    const pair = await openBarePair(viewers, `${relay.url}/bench`);
    const bare: number[] = [];
    for (let call = 1; call <= WARM_UP_CALLS + COUNTED_CALLS; call += 1) {
      const setups = await oneBareCall(pair, call);
      if (call > WARM_UP_CALLS) bare.push(...setups);
    }
    return {
      calls: COUNTED_CALLS,
      bare_p50_ms: Math.round(percentile(bare, 0.5)),
      bare_p95_ms: Math.round(percentile(bare, 0.95)),
    };
  } finally {
    await Promise.all([...viewers.map((viewer) => viewer.close()), relay.stop()]);
  }
}

/** Both sides' set-up times, ms. */
async function oneBareCall(pair: BarePair, call: number): Promise<number[]> {
  await pair.call();
  const setups = await Promise.all(pair.pages.map((page) => readCallSetup(page, call)));
  await pair.hangUp();
  return setups;
}
