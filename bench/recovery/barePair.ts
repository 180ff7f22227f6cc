import type { Page } from 'playwright-core';
import { openBarePair, type BarePair } from '../../e2e/barePair/openBarePair.ts';
import type { Place } from '../../e2e/network/openPlace.ts';
import { FREEZE_MS } from '../../e2e/network/recordSeat.ts';
import { STUN_SERVER } from '../../e2e/network/startTurn.ts';
import type { RecoveringPair } from './recoveringPair.ts';

declare global {
  /** When a look found newly decoded pictures; ms since 1970. */
  var decodedAt: number[] | undefined;
}

/** A call that does not flow again within this time is taken for lost, ms. */
const LOST_MS = 3_000;

/**
 * The baseline: a bare RTCPeerConnection in the same two browsers that nobody repairs. Its tabs are
 * behind the panels, so its pictures are counted where they are decoded, not where they are shown.
 */
export function barePair(place: Place, relayUrl: string): RecoveringPair {
  let pair: BarePair | null = null;
  /** What has not come back by now never does: nobody repairs it. */
  let lost = false;
  let calls = 0;
  const callAnew = async () => {
    await pair?.close();
    lost = false;
    const viewers = [place.viewer('ada'), place.viewer('ben')] as const;
    calls += 1;
    // A room of its own: the relay may not have noticed yet that the earlier pair has gone.
    const iceServers = [{ ...STUN_SERVER, urls: [...STUN_SERVER.urls] }];
    pair = await openBarePair(viewers, `${relayUrl}/${calls}`, iceServers);
    for (const page of pair.pages) await page.evaluate(watchDecoding);
    await pair.call();
    return pair.pages;
  };
  return {
    ready: async () => {
      if (pair !== null && !lost && (await flows(pair.pages, LOST_MS))) return;
      if (!(await flows(await callAnew(), 30_000))) throw new Error('A bare call does not flow.');
    },
    backAfter: async (how, since, capMs) => {
      const pauseMs = how === 'thaw' ? FREEZE_MS : 0;
      const times = (pair?.pages ?? []).map((page) => decodedAfter(page, since, pauseMs, capMs));
      const took = Math.max(...(await Promise.all(times)));
      lost = took > capMs;
      return Math.min(capMs, took);
    },
  };
}

/** Runs in the page. */
function watchDecoding(): void {
  const decodedAt: number[] = [];
  globalThis.decodedAt = decodedAt;
  let before = 0;
  setInterval(async () => {
    const stats = await globalThis.watchedConnections?.at(-1)?.getStats();
    stats?.forEach((report: { kind?: string; framesDecoded?: number }) => {
      if (report.kind !== 'video' || report.framesDecoded === undefined) return;
      if (report.framesDecoded > before) decodedAt.push(Date.now());
      before = report.framesDecoded;
    });
  }, 50);
}

async function flows(pages: readonly Page[], withinMs: number): Promise<boolean> {
  const isFlowing = () =>
    (globalThis.decodedAt ?? []).filter((at) => at > Date.now() - 2_000).length >= 10;
  const options = { polling: 100, timeout: withinMs };
  const ended = await Promise.allSettled(
    pages.map((page) => page.waitForFunction(isFlowing, undefined, options)),
  );
  return ended.every(({ status }) => status === 'fulfilled');
}

/** From `since` to the first decoded picture that came after such a pause, ms; late is Infinity. */
async function decodedAfter(
  page: Page,
  since: number,
  pauseMs: number,
  withinMs: number,
): Promise<number> {
  const wanted = { since, pauseMs };
  const options = { polling: 50, timeout: withinMs };
  const found = page.waitForFunction(
    ({ since: time, pauseMs: pause }) => {
      const times = globalThis.decodedAt ?? [];
      return times.find((at, index) => at > time && at - (times[index - 1] ?? 0) >= pause);
    },
    wanted,
    options,
  );
  const at = await found.then((handle) => handle.jsonValue()).catch(() => undefined);
  return (at ?? Infinity) - since;
}
