import { browser } from 'wxt/browser';

/** Four characters fit a toolbar badge. */
const MOST = 999;
const COLOUR = '#b3541e';

/** Shows on a tab's toolbar button how many people are in its lobby; nothing where nobody is. */
export async function showBadge(tabId: number, here: number): Promise<void> {
  const text = here === 0 ? '' : here > MOST ? `${MOST}+` : String(here);
  await browser.action.setBadgeBackgroundColor({ tabId, color: COLOUR });
  await browser.action.setBadgeTextColor({ tabId, color: '#ffffff' });
  await browser.action.setBadgeText({ tabId, text });
}
