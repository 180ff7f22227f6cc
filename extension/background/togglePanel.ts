import { browser } from 'wxt/browser';
import { sendMessage } from '../messaging/messages.ts';
import { openPanelWindow } from './panelWindow.ts';

/**
 * The toolbar button. A tab that was open before Foyer was installed has no content script yet;
 * pages that take none (the browser's own) get a window that says so.
 */
export async function togglePanel(tabId: number): Promise<void> {
  if (await asked(tabId)) return;
  try {
    // Waits until the page takes scripts. One that was still loading has its own by then, and a
    // second one would end the first together with the panel it opened.
    await browser.scripting.executeScript({ target: { tabId }, func: () => undefined });
    if (await asked(tabId)) return;
    await browser.scripting.executeScript({
      target: { tabId },
      files: ['/content-scripts/content.js'],
    });
  } catch {
    await openPanelWindow(tabId);
    return;
  }
  await asked(tabId);
}

function asked(tabId: number): Promise<boolean> {
  return sendMessage('togglePanel', undefined, { tabId, frameId: 0 }).then(
    () => true,
    () => false,
  );
}
