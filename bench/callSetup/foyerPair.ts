import { randomBytes } from 'node:crypto';
import type { Frame, Page } from 'playwright-core';
import type { Viewer } from '../../e2e/browser/launchViewer.ts';
import { drivePanel } from '../../e2e/panel/drivePanel.ts';
import texts from '../../extension/locales/en.json' with { type: 'json' };

/** Two viewers in one lobby who call each other again and again. */
export interface FoyerPair {
  readonly panels: readonly [Frame, Frame];
  /** Brings the panels to the front with their cameras open, then presses Ready on both sides. */
  call(): Promise<void>;
  hangUp(): Promise<void>;
  /** Closes both pages. */
  close(): Promise<void>;
}

interface Side {
  readonly page: Page;
  readonly panel: Frame;
}

/** Opens the panel beside `address` in both browsers, up to the lobby. */
export async function openFoyerPair(
  viewers: readonly [Viewer, Viewer],
  address: string,
): Promise<FoyerPair> {
  const sides = [await sit(viewers[0], address), await sit(viewers[1], address)] as const;
  return {
    panels: [sides[0].panel, sides[1].panel],
    call: async () => {
      await Promise.all(sides.map(showCamera));
      const [first, second] = sides;
      const before = await offersAhead(first.panel);
      await press(first.panel, texts.waitingRoom.ready);
      // Whoever waits as long as a person does has handed in an offer.
      await first.panel.waitForFunction((count) => (globalThis.offersAhead ?? 0) > count, before);
      await press(second.panel, texts.waitingRoom.ready);
    },
    hangUp: async () => {
      await press(sides[0].panel, texts.call.leave);
      await sides[1].panel.getByText(texts.waitingRoom.waitingTitle).waitFor();
      await Promise.all(sides.map(({ panel }) => comeAsSomebodyElse(panel)));
    },
    close: async () => {
      await Promise.all(sides.map(({ page }) => page.close()));
    },
  };
}

async function sit(viewer: Viewer, address: string): Promise<Side> {
  const page = await viewer.context.newPage();
  await page.goto(address);
  await viewer.pressToolbarButton(page);
  const panel = await viewer.panelOf(page);
  await drivePanel(panel).enterLobby(viewer.person.name);
  return { page, panel };
}

function offersAhead(panel: Frame): Promise<number> {
  return panel.evaluate(() => globalThis.offersAhead ?? 0);
}

/** A camera that has just been opened has no picture yet, and a call would wait for it. */
async function showCamera({ page, panel }: Side): Promise<void> {
  await page.bringToFront();
  await panel.getByRole('button', { name: texts.waitingRoom.ready, exact: true }).waitFor();
  await panel.waitForFunction(() =>
    [...document.querySelectorAll('video')].some(
      (video) => video.checkVisibility() && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
    ),
  );
}

/** The same two never meet twice, so for the next call they come with new device tokens. */
async function comeAsSomebodyElse(panel: Frame): Promise<void> {
  await press(panel, texts.waitingRoom.leave);
  const deviceToken = randomBytes(24).toString('base64url');
  await panel.evaluate((token) => chrome.storage.local.set({ deviceToken: token }), deviceToken);
  await press(panel, texts.stopped.comeBack);
}

function press(panel: Frame, name: string): Promise<void> {
  return panel.getByRole('button', { name, exact: true }).click();
}
