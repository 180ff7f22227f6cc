import { decode } from '../../shared/protocol/decode.ts';
import { EventIdField, TokenField } from '../../shared/protocol/fields.ts';
import type { EventId } from '../../shared/ids.ts';

/** What an invite link carries. */
export interface Invite {
  readonly eventId: EventId;
  readonly inviteToken: string;
}

const INVITE_PATH = /^\/g\/([^/]+)\/?$/;

/** The invite that a page of our own server was opened with; null on every other page. */
export function inviteOnPage(page: URL, serverUrl: string): Invite | null {
  if (page.origin !== new URL(serverUrl).origin) return null;
  const eventId = decode(EventIdField, INVITE_PATH.exec(page.pathname)?.[1]);
  const inviteToken = decode(TokenField, page.hash.slice(1));
  if (!eventId.ok || !inviteToken.ok) return null;
  return { eventId: eventId.value, inviteToken: inviteToken.value };
}
