import { browser } from 'wxt/browser';
/** Where this panel stands: beside a page in its tab, or in a window of its own. */
export interface PanelPlace {
  /** The tab whose page it belongs to. */
  readonly tabId: number;
  readonly inWindow: boolean;
}

const TAB_PARAMETER = 'tab';

/** A window's address names the tab it was opened for; a frame's tab is its own. */
export async function panelPlace(): Promise<PanelPlace> {
  const named = new URLSearchParams(location.search).get(TAB_PARAMETER);
  if (named !== null) return { tabId: Number(named), inWindow: true };
  const tab = await browser.tabs.getCurrent();
  return { tabId: tab?.id ?? -1, inWindow: false };
}
