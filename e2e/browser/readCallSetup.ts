import type { Frame, Page } from 'playwright-core';

/** How long the call of this number (from 1) took to set up in a page, ms; waits for its first frame. */
export async function readCallSetup(page: Page | Frame, call: number): Promise<number> {
  const duration = await page.waitForFunction((index) => {
    const setup = globalThis.callSetups?.[index];
    return typeof setup?.firstFrameAt === 'number' ? setup.firstFrameAt - setup.matchedAt : null;
  }, call - 1);
  return (await duration.jsonValue()) ?? Number.NaN;
}
