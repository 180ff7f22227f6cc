import { browser } from 'wxt/browser';
import { panelWindow } from '../storage/items.ts';

/** A phone's proportions: the panel's own width and room for a whole face. */
const WIDTH = 420;
const HEIGHT = 760;

/** Opens a tab's panel in a window of its own, or brings that window to the front. */
export async function openPanelWindow(tabId: number): Promise<void> {
  const item = panelWindow(tabId);
  const known = await item.getValue();
  if (known !== null && (await focused(known))) return;
  const created = await browser.windows.create({
    type: 'popup',
    url: browser.runtime.getURL(`/panel.html?tab=${tabId}` as '/panel.html'),
    width: WIDTH,
    height: HEIGHT,
  });
  await item.setValue(created?.id ?? null);
}

function focused(windowId: number): Promise<boolean> {
  return browser.windows.update(windowId, { focused: true }).then(
    () => true,
    () => false,
  );
}
