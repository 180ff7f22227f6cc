import type { Seat } from './takeSeat.ts';

/** What the toolbar button says for the tab of a seat. */
export async function badgeOf({ viewer, place }: Seat): Promise<string> {
  const tabId = await place.evaluate(async () => (await chrome.tabs.getCurrent())?.id);
  return viewer.worker.evaluate((id) => chrome.action.getBadgeText({ tabId: id! }), tabId);
}
