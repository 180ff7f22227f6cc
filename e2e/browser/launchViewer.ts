import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Frame, type Page, type Worker } from 'playwright-core';
import { ensureChromium } from '../../scripts/ensureChromium.ts';
import type { CAMERA_SHAPE } from '../media/cameraFile.ts';
import { deviceFiles } from '../media/deviceFiles.ts';
import type { Person } from '../media/person.ts';
import { blockDevices } from './blockDevices.ts';
import { chromiumFlags } from './chromiumFlags.ts';
import { collectProblems } from './collectProblems.ts';
import { inNamespace } from '../network/inNamespace.ts';

interface ViewerOptions {
  readonly person: Person;
  /** Absolute path of an unpacked extension. */
  readonly extensionFolder: string;
  /** Host name → `address:port` that answers for it over TLS. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** The network namespace the browser lives in; none: this machine's own network. */
  readonly namespace?: string;
  /** Says no when asked for camera or microphone; otherwise yes. */
  readonly refusesDevices?: boolean;
  /** Has blocked camera and microphone for Foyer in the browser's settings, and is not asked. */
  readonly blocksDevices?: boolean;
  /** Shows windows; needs a display. */
  readonly headed?: boolean;
  readonly cameraShape?: typeof CAMERA_SHAPE;
  /** A Y4M loop in the place of the person's own picture. */
  readonly camera?: Uint8Array;
  /** The caller closes the viewer on Ctrl-C itself; otherwise the browser just ends then. */
  readonly closedByCaller?: boolean;
}

/** Somebody with a browser of their own: profile, extension, camera and microphone. */
export interface Viewer {
  readonly person: Person;
  readonly context: BrowserContext;
  readonly extensionId: string;
  /** The extension's service worker: what no page shows is asked there. */
  readonly worker: Worker;
  /** Errors of all pages so far, each with the address it happened on. */
  readonly problems: readonly string[];
  /** Tells the extension where the server is. */
  setServer(url: string): Promise<void>;
  /** Presses the extension's toolbar button while `page` is the tab in front. */
  pressToolbarButton(page: Page): Promise<void>;
  /** The extension's frame inside a page; waits until it is there. */
  panelOf(page: Page): Promise<Frame>;
  close(): Promise<void>;
}

const PANEL_PATH = '/panel.html';

export async function launchViewer(options: ViewerOptions): Promise<Viewer> {
  const chromiumPath = await ensureChromium();
  const folder = await mkdtemp(join(tmpdir(), 'viewer-'));
  const files = await deviceFiles(options, folder);
  const executablePath = await browserIn(options.namespace, chromiumPath, folder);
  const endOnSignal = options.closedByCaller !== true;
  const profile = join(folder, 'profile');
  if (options.blocksDevices) await blockDevices(profile);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: options.headed !== true,
    args: chromiumFlags({
      ...options,
      ...files,
      hosts: options.hosts ?? {},
      refusesDevices: options.refusesDevices === true,
      decidesInSettings: options.blocksDevices === true,
    }),
    viewport: { width: 1280, height: 800 },
    timeout: 60_000,
    handleSIGINT: endOnSignal,
    handleSIGTERM: endOnSignal,
    handleSIGHUP: endOnSignal,
  });
  const problems = collectProblems(context);
  const worker = await extensionWorker(context);
  return {
    person: options.person,
    context,
    extensionId: new URL(worker.url()).host,
    worker,
    problems,
    setServer: (url) =>
      worker.evaluate((serverUrl) => chrome.storage.local.set({ serverUrl }), url),
    pressToolbarButton: (page) => pressToolbarButton(worker, page),
    panelOf,
    close: async () => {
      await context.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Playwright starts one file, so the way into a namespace is written down as one. */
async function browserIn(
  namespace: string | undefined,
  chromiumPath: string,
  folder: string,
): Promise<string> {
  if (namespace === undefined) return chromiumPath;
  const [command, args] = inNamespace(namespace, chromiumPath, []);
  const path = join(folder, 'chromium-in-namespace');
  await writeFile(path, `#!/bin/sh\nexec ${command} ${args.join(' ')} "$@"\n`, { mode: 0o700 });
  return path;
}

async function extensionWorker(context: BrowserContext): Promise<Worker> {
  return context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
}

/** Nothing outside the browser can press a real toolbar button: the event is raised in the worker. */
async function pressToolbarButton(worker: Worker, page: Page): Promise<void> {
  await page.bringToFront();
  await worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    if (tab === undefined) throw new Error('No tab is in front.');
    (chrome.action.onClicked as unknown as { dispatch(tab: chrome.tabs.Tab): void }).dispatch(tab);
  });
}

async function panelOf(page: Page): Promise<Frame> {
  const isPanel = (frame: Frame) =>
    frame.url().startsWith('chrome-extension://') && new URL(frame.url()).pathname === PANEL_PATH;
  const there = page.frames().find(isPanel);
  if (there !== undefined) return there;
  await page.waitForEvent('framenavigated', { predicate: isPanel });
  return panelOf(page);
}
