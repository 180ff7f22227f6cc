import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureChromium } from '../../scripts/ensureChromium.ts';
import { bundleForPage } from '../browser/bundleForPage.ts';

const SCRIPT = fileURLToPath(new URL('rungPage.ts', import.meta.url));
/** An unhurried machine makes 50; two busy cores make fewer, and none only when something is broken. */
const SOUND_PACKETS = 20;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [
      '--autoplay-policy=no-user-gesture-required',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  page = await browser.newPage();
  await page.addScriptTag({ content: await bundleForPage(SCRIPT) });
});
afterAll(() => browser?.close());

test.each([
  ['the whole picture', 0, 480, 31],
  ['360 lines', 2, 360, 31],
  ['180 lines, 12 a second', 4, 180, 13],
  ['120 lines, two a second', 5, 120, 3],
  ['the whole picture again', 0, 480, 31],
] as const)(
  'SN24: what arrives is %s, and the sound goes on',
  async (_name, step, lines, atMost) => {
    const received = await page.evaluate((given) => globalThis.receiveAtStep(given), step);
    expect(received.lines).toBe(lines);
    expect(received.frames).toBeGreaterThan(0);
    expect(received.frames).toBeLessThanOrEqual(atMost);
    expect(received.soundPackets).toBeGreaterThan(SOUND_PACKETS);
  },
);

test('SN24: at the last step no picture arrives, the sound goes on, and the picture comes back', async () => {
  const alone = await page.evaluate(() => globalThis.receiveAtStep(6));
  expect(alone.frames).toBe(0);
  expect(alone.soundPackets).toBeGreaterThan(SOUND_PACKETS);
  const again = await page.evaluate(() => globalThis.receiveAtStep(3));
  expect(again).toMatchObject({ lines: 240 });
  expect(again.frames).toBeGreaterThan(0);
});
