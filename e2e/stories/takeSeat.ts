import type { Frame, Page } from 'playwright-core';
import type { Viewer } from '../browser/launchViewer.ts';
import { drivePanel, type PanelDriver } from '../panel/drivePanel.ts';

/** Somebody who watches a page with the panel beside it. */
export interface Seat {
  readonly viewer: Viewer;
  readonly page: Page;
  /** Where the panel is: a frame of the page, or a window of its own. */
  readonly place: Frame | Page;
  readonly panel: PanelDriver;
}

/** Opens a page in a new tab, and the panel beside it with the toolbar button. */
export async function takeSeat(viewer: Viewer, address: string): Promise<Seat> {
  const page = await viewer.context.newPage();
  await page.goto(address);
  await viewer.pressToolbarButton(page);
  return seatOn(viewer, page);
}

/** The seat beside a page whose panel opens, or is open already. */
export async function seatOn(viewer: Viewer, page: Page): Promise<Seat> {
  const place = await viewer.panelOf(page);
  return { viewer, page, place, panel: drivePanel(place) };
}
