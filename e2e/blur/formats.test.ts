import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureChromium } from '../../scripts/ensureChromium.ts';
import { bundleForPage } from '../browser/bundleForPage.ts';
import type { FrameKind } from './formatsPage.ts';

const PAGE = fileURLToPath(new URL('formatsPage.ts', import.meta.url));
const SMALL = { width: 640, height: 480 };
const LARGE = { width: 1280, height: 720 };
/** Cameras change size and format in the middle, and back. */
const FRAMES: readonly { readonly kind: FrameKind; readonly size: typeof SMALL }[] = [
  { kind: 'I420', size: SMALL },
  { kind: 'NV12', size: SMALL },
  { kind: 'NV12', size: LARGE },
  { kind: 'RGBA', size: LARGE },
  { kind: 'BGRX', size: SMALL },
  { kind: 'canvas', size: SMALL },
  { kind: 'canvas', size: { width: 480, height: 640 } },
  { kind: 'I420', size: LARGE },
  { kind: 'I420', size: SMALL },
];

let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', '--disable-quic'],
  });
});

afterAll(() => browser?.close());

test('BL11: real frames of every format, in a row that changes size, lose the room and keep their colours', async () => {
  const page = await browser.newPage();
  await page.addScriptTag({ content: await bundleForPage(PAGE) });
  const results = await page.evaluate((frames) => globalThis.processFrames?.(frames), [...FRAMES]);
  for (const [index, { kind, size }] of FRAMES.entries()) {
    const label = `${kind} ${size.width} × ${size.height}`;
    const result = results?.[index];
    expect(result, label).toMatchObject(size);
    expect(result?.before, label).toBeGreaterThan(0.8);
    expect(result?.after, label).toBeLessThan(0.1);
    expect(result?.colourShift, label).toBeLessThan(6);
  }
});
