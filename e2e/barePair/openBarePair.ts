import type { Page } from 'playwright-core';
import type { Viewer } from '../browser/launchViewer.ts';
import { openBareSide } from './openBareSide.ts';

/** Two pages of two browsers that can call each other without Foyer. */
export interface BarePair {
  readonly pages: readonly [Page, Page];
  /** Asks for a call on both sides; does not wait for it. */
  call(): Promise<void>;
  hangUp(): Promise<void>;
  /** Closes both pages. */
  close(): Promise<void>;
}

/** Opens both sides on a resource of each viewer's extension: a secure page that runs nothing itself. */
export async function openBarePair(
  viewers: readonly [Viewer, Viewer],
  relayUrl: string,
  iceServers: RTCIceServer[] = [],
): Promise<BarePair> {
  const open = async (viewer: Viewer) => {
    const page = await viewer.context.newPage();
    await page.goto(`chrome-extension://${viewer.extensionId}/manifest.json`);
    return { page, side: await page.evaluateHandle(openBareSide, { relayUrl, iceServers }) };
  };
  const first = await open(viewers[0]);
  const second = await open(viewers[1]);
  const sides = [first.side, second.side];
  const both = async (action: 'ready' | 'hangUp') => {
    await Promise.all(sides.map((side) => side.evaluate((each, name) => each[name](), action)));
  };
  return {
    pages: [first.page, second.page],
    call: () => both('ready'),
    hangUp: () => both('hangUp'),
    close: async () => {
      await Promise.all([first.page.close(), second.page.close()]);
    },
  };
}
