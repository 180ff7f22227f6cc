import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Page,
  type ViewportSize,
} from 'playwright-core';
import { ensureChromium } from '../../scripts/ensureChromium.ts';

/** A browser without the extension, as organizers and invited people have it. */
export interface Site {
  /** A fresh page of a fresh profile. */
  open(path: string, options?: BrowserContextOptions): Promise<SitePage>;
  close(): Promise<void>;
}

interface SitePage {
  readonly page: Page;
  /** Addresses and bodies of all requests so far. */
  readonly requests: readonly { readonly url: string; readonly body: string }[];
  /** What the console and the content security policy complained about. */
  readonly complaints: readonly string[];
}

export async function openSite(server: string): Promise<Site> {
  const browser: Browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  return {
    open: async (path, options) => {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
      const page = await context.newPage();
      const requests: { url: string; body: string }[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => {
        requests.push({ url: request.url(), body: request.postData() ?? '' });
      });
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(server + path);
      return { page, requests, complaints };
    },
    close: () => browser.close(),
  };
}

/** What a page looks like to somebody with another screen, once its colours have come to rest. */
export async function changeLook(
  page: Page,
  { colorScheme, viewport }: { colorScheme: 'light' | 'dark'; viewport: ViewportSize },
): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize(viewport);
  await page.waitForFunction(() => document.getAnimations().length === 0);
}

/** What axe finds, one line each. */
export async function axeViolations(page: Page): Promise<string[]> {
  const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  if (!(await page.evaluate(() => 'axe' in window)))
    await page.evaluate(await readFile(script, 'utf8'));
  return page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | ')))`,
  );
}

/** The label of the field that has the focus; empty where no field has it. */
export function focusedField(page: Page): Promise<string> {
  return page.evaluate(() => {
    const field = document.activeElement;
    return field instanceof HTMLInputElement ? (field.labels?.[0]?.textContent ?? '') : '';
  });
}
