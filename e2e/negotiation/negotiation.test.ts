import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureChromium } from '../../scripts/ensureChromium.ts';
import { bundleForPage } from '../browser/bundleForPage.ts';

const SCRIPT = fileURLToPath(new URL('negotiatePage.ts', import.meta.url));
const WELL = ['stable', 'connected', 'stable', 'connected'];

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const root = process.getuid?.() === 0;
  browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: root ? ['--no-sandbox'] : [],
  });
  page = await browser.newPage();
  await page.addScriptTag({ content: await bundleForPage(SCRIPT) });
});
afterAll(() => browser?.close());

test('PL2: each side asks once, and both take the new path', async () => {
  const plan = { restarts: 0, lost: 0, seed: 1 };
  const { states, agree, echoed, generations } = await page.evaluate(
    (given) => globalThis.negotiate(given),
    plan,
  );
  expect({ states, agree, echoed }).toEqual({ states: WELL, agree: true, echoed: true });
  expect(generations).toBeGreaterThan(1);
});

test.each([
  { restarts: 30, lost: 0, seed: 2 },
  { restarts: 30, lost: 0.3, seed: 3 },
  { restarts: 30, lost: 0.8, seed: 4 },
  { restarts: 10, lost: 1, seed: 5 },
])(
  'PL3: wishes that cross ($restarts asked for by both, $lost of all signals lost) leave two that agree',
  async (plan) => {
    const seen = await page.evaluate((given) => globalThis.negotiate(given), plan);
    expect(seen).toMatchObject({ states: WELL, agree: true, echoed: true });
  },
);
