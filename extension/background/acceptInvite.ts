import { browser } from 'wxt/browser';
import type { EventId } from '../../shared/ids.ts';
import { createApiClient } from '../../shared/protocol/apiClient.ts';
import { pendingGroup, serverUrl } from '../storage/items.ts';
import { saveGroup } from '../storage/savedGroups.ts';

/**
 * Takes a tab from an invite page to the stream, where its panel enters the group by itself. The
 * invite travels inside the extension: the stream's page never sees it.
 *
 * @returns false when the server does not know the invite, or does not answer
 */
export async function acceptInvite(
  tabId: number,
  eventId: EventId,
  inviteToken: string,
): Promise<boolean> {
  const server = await serverUrl.getValue();
  const api = createApiClient(server, (url, init) => fetch(url, { ...init, credentials: 'omit' }));
  const invite = await api.invite(eventId, inviteToken);
  if (!invite.ok) return false;
  const { title, key, streamUrl } = invite.value;
  const inviteUrl = `${server.replace(/\/+$/, '')}/g/${eventId}#${inviteToken}`;
  const group = { eventId, title, key, inviteToken, inviteUrl };
  await saveGroup(group);
  await pendingGroup(tabId).setValue(group);
  await browser.tabs.update(tabId, { url: streamUrl });
  return true;
}
