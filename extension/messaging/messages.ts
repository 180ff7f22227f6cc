import { defineExtensionMessaging } from '@webext-core/messaging';
import type { EventId } from '../../shared/ids.ts';
import type { PageInfo } from '../page/pageInfo.ts';

/** What the content script should do on a page it reported. */
interface PageAdvice {
  /** Title and people of the event on this page; null shows no launcher. */
  readonly event: { readonly title: string; readonly here: number } | null;
  /** An invite link led here: the panel opens by itself. */
  readonly openPanel: boolean;
}

/** Everything that the parts of the extension tell each other; none of it leaves the browser. */
interface Messages {
  // To the background.
  pageSeen(page: { url: string }): PageAdvice;
  inviteOpened(invite: { eventId: EventId; inviteToken: string }): boolean;
  openPanelWindow(of: { tabId: number }): void;
  lobbyCount(count: { tabId: number; here: number }): void;
  // To a tab's content script.
  togglePanel(): void;
  closePanel(): void;
  readPage(): PageInfo;
  // To every open panel; the sender's tab tells whose page it is.
  pageChanged(page: PageInfo): void;
  /** The launcher or the toolbar asks the open panel to close, which it does unless in a call. */
  closeWanted(): void;
}

export const { sendMessage, onMessage } = defineExtensionMessaging<Messages>();
