import { storage } from 'wxt/utils/storage';
import type { EventId, EventKey } from '../../shared/ids.ts';

/** A private group that this browser may enter. */
export interface SavedGroup {
  readonly eventId: EventId;
  readonly title: string;
  /** Where its people watch. */
  readonly key: EventKey;
  readonly inviteToken: string;
  readonly inviteUrl: string;
}

/** All that Foyer keeps, in the browser only: a frame's own storage is not readable everywhere. */
export const serverUrl = storage.defineItem<string>('local:serverUrl', {
  fallback: import.meta.env['WXT_SERVER_URL'] ?? 'http://127.0.0.1:8787',
});
export const displayName = storage.defineItem<string>('local:displayName', { fallback: '' });
export const groups = storage.defineItem<SavedGroup[]>('local:groups', { fallback: [] });
export const cameraLabel = storage.defineItem<string>('local:cameraLabel', { fallback: '' });
export const microphoneLabel = storage.defineItem<string>('local:microphoneLabel', {
  fallback: '',
});
/** The group whose invite link was opened in a tab, until the tab's next page has entered it. */
export const pendingGroup = (tabId: number) =>
  storage.defineItem<SavedGroup | null>(`session:pendingGroup:${tabId}`, { fallback: null });
/** The window that a tab's panel was moved into. */
export const panelWindow = (tabId: number) =>
  storage.defineItem<number | null>(`session:panelWindow:${tabId}`, { fallback: null });
