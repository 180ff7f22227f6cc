import { browser } from 'wxt/browser';
import { eventKeyOf } from '../../shared/eventKey/eventKey.ts';
import type { EventId } from '../../shared/ids.ts';
import { serverApi } from '../net/serverApi.ts';
import { pendingGroup, serverUrl } from '../storage/items.ts';
import { saveGroup } from '../storage/savedGroups.ts';

/**
 * Takes a tab from an invite page to the stream, where its panel enters the group by itself. The
 * invite travels inside the extension: the stream's page never sees it.
 *
 * @returns false when the server does not know the invite, does not answer, or names no page of an event
 */
export async function acceptInvite(
  tabId: number,
  eventId: EventId,
  inviteToken: string,
): Promise<boolean> {
  const server = await serverUrl.getValue();
  const api = serverApi(server);
  const invite = await api.invite(eventId, inviteToken);
  if (!invite.ok) return false;
  const { title, key, streamUrl } = invite.value;
  // The server names the page; only what could be an event's page is opened.
  if (!eventKeyOf(streamUrl).ok) return false;
  const inviteUrl = `${server.replace(/\/+$/, '')}/g/${eventId}#${inviteToken}`;
  const group = { eventId, title, key, inviteToken, inviteUrl };
  await saveGroup(group);
  await pendingGroup(tabId).setValue(group);
  await browser.tabs.update(tabId, { url: streamUrl });
  return true;
}
