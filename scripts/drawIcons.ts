import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { ensureChromium } from './ensureChromium.ts';

/** Draws the extension's icons from their one source; run it after a change of that. */
const SOURCE = new URL('../extension/assets/icon.svg', import.meta.url);
const FOLDER = new URL('../extension/public/icon/', import.meta.url);
/** CSS px: toolbar, toolbar on dense screens, extensions page, store. */
const SIZES = [16, 32, 48, 128];

const svg = await readFile(SOURCE, 'utf8');
await mkdir(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const size of SIZES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw}</style>${svg}`);
  await writeFile(new URL(`${size}.png`, FOLDER), await page.screenshot({ omitBackground: true }));
}
await browser.close();
