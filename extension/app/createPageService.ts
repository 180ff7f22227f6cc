import { browser } from 'wxt/browser';
import { onMessage, sendMessage } from '../messaging/messages.ts';
import type { PageInfo } from '../page/pageInfo.ts';
import { pendingGroup } from '../storage/items.ts';
import type { PageService } from '../stores/panelServices.ts';
import type { PanelPlace } from './panelPlace.ts';

interface OwnPageService extends PageService {
  /** The page as it was last heard of. */
  last(): PageInfo | null;
}

/** The page beside the panel, by way of its content script. */
export function createPageService({ tabId, inWindow }: PanelPlace, signal: AbortSignal) {
  let last: PageInfo | null = null;
  const service: OwnPageService = {
    last: () => last,
    read: async () => {
      last = await sendMessage('readPage', undefined, { tabId, frameId: 0 }).catch(() => null);
      return last;
    },
    watch: (changed) => {
      const stop = onMessage('pageChanged', ({ data, sender }) => {
        if (sender.tab?.id !== tabId) return;
        last = data;
        changed(data);
      });
      signal.addEventListener('abort', stop);
    },
    closePanel: () => {
      if (inWindow) window.close();
      else void sendMessage('closePanel', undefined, { tabId, frameId: 0 });
    },
    openWindow: () => void sendMessage('openPanelWindow', { tabId }),
    takePendingGroup: async () => {
      const item = pendingGroup(tabId);
      const group = await item.getValue();
      if (group) await item.removeValue();
      return group;
    },
    showCount: (here) => void sendMessage('lobbyCount', { tabId, here }),
    copy: (text) =>
      navigator.clipboard.writeText(text).then(
        () => true,
        () => false,
      ),
    openOptions: () => void browser.runtime.openOptionsPage(),
    language: navigator.language,
  };
  return service;
}
