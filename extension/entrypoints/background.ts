import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { acceptInvite } from '../background/acceptInvite.ts';
import { showBadge } from '../background/badge.ts';
import { listedEventOf } from '../background/eventLookup.ts';
import { openPanelWindow } from '../background/panelWindow.ts';
import { togglePanel } from '../background/togglePanel.ts';
import { onMessage } from '../messaging/messages.ts';
import { panelWindow, pendingGroup } from '../storage/items.ts';

/** Badge, windows and invites; keeps nothing in memory that it could not lose. */
export default defineBackground(() => {
  browser.action.onClicked.addListener(({ id }) => {
    if (id !== undefined) void togglePanel(id);
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    void pendingGroup(tabId).removeValue();
    void panelWindow(tabId).removeValue();
  });

  onMessage('pageSeen', async ({ data, sender }) => {
    const tabId = sender.tab?.id;
    const listed = await listedEventOf(data.url);
    if (tabId !== undefined) await showBadge(tabId, listed?.entry.here ?? 0);
    const pending = tabId === undefined ? null : await pendingGroup(tabId).getValue();
    return {
      event: listed && { title: listed.entry.title, here: listed.entry.here },
      openPanel: pending !== null,
    };
  });
  onMessage('inviteOpened', ({ data, sender }) =>
    sender.tab?.id === undefined
      ? false
      : acceptInvite(sender.tab.id, data.eventId, data.inviteToken),
  );
  onMessage('openPanelWindow', ({ data }) => openPanelWindow(data.tabId));
  onMessage('lobbyCount', ({ data }) => showBadge(data.tabId, data.here));
});
