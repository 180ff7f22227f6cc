import { chromium, type Page } from 'playwright-core';
import { ensureChromium } from './ensureChromium.ts';
import { serveGallery } from './serveGallery.ts';

export interface View {
  readonly colorScheme: 'light' | 'dark';
  /** CSS px: the panel's usual size, and the smallest it supports. */
  readonly viewport: { readonly width: number; readonly height: number };
}

export const VIEWS: readonly View[] = (['light', 'dark'] as const).flatMap((colorScheme) => [
  { colorScheme, viewport: { width: 380, height: 720 } },
  { colorScheme, viewport: { width: 320, height: 480 } },
]);

/** The gallery in a browser, until `signal` aborts. */
export interface OpenGallery {
  /** Ids of all states, in order. */
  readonly states: readonly string[];
  /** A page that is still empty. */
  open(view: View): Promise<Page>;
  /** Draws one state, alone and at rest. */
  show(page: Page, state: string): Promise<void>;
}

/** One expression, because a page with the extension's CSP lets a driver evaluate only at once. */
const AT_REST = `document.fonts.ready.then(() => new Promise((resolve) => {
  const drawn = (video) => !video.srcObject || video.videoWidth > 0;
  const look = () =>
    [...document.querySelectorAll('video')].every(drawn) && document.getAnimations().length === 0
      ? resolve()
      : requestAnimationFrame(look);
  look();
}))`;

export async function openGallery(signal: AbortSignal): Promise<OpenGallery> {
  const address = await serveGallery(signal);
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', '--disable-quic', '--autoplay-policy=no-user-gesture-required'],
  });
  signal.addEventListener('abort', () => void browser.close(), { once: true });

  const open = ({ colorScheme, viewport }: View): Promise<Page> =>
    browser.newPage({ colorScheme, viewport, reducedMotion: 'reduce' });

  async function show(page: Page, state: string): Promise<void> {
    await page.goto(`${address}#${state}`);
    await page.locator(`[data-state="${state}"]`).waitFor();
    await page.evaluate(AT_REST);
  }

  const index = await browser.newPage();
  await index.goto(address);
  const links = index.locator('main a');
  await links.first().waitFor();
  const states = await links.allTextContents();
  await index.close();
  return { states, open, show };
}
