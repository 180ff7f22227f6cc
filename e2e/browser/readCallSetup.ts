import type { Frame, Page } from 'playwright-core';

/** How long the call of this number (from 1) took to set up in a page, ms; waits for its first frame. */
export function readCallSetup(page: Page | Frame, call: number): Promise<number> {
  return page.evaluate((index) => globalThis.callSetup?.(index) ?? Number.NaN, call - 1);
}
