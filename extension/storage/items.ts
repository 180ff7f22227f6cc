import { storage } from 'wxt/utils/storage';
import type { EventId, EventKey } from '../../shared/ids.ts';
import type { AddressPrivacy, Traits } from '../../shared/protocol/wishes.ts';

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
/** What the person tells of themselves, for the door of the next event. */
export const aboutYou = storage.defineItem<Traits>('local:aboutYou', {
  fallback: { group: null, languages: [], interests: [] },
});
/** A camera, microphone or speaker that somebody chose. */
export interface KeptDevice {
  readonly id: string;
  readonly label: string;
  readonly group: string;
}
const device = (name: string) =>
  storage.defineItem<KeptDevice | null>(`local:${name}Device`, { fallback: null });
export const cameraDevice = device('camera');
export const microphoneDevice = device('microphone');
export const speakerDevice = device('speaker');
/** Whom one has blocked at an event, by seals that only its server can open; read by storedBlocks.ts. */
export const BLOCKS = 'local:blocks:';
export const blocksKey = (eventId: EventId) => `${BLOCKS}${eventId}` as const;
/** Background blur, as the person left it. */
export const blurWish = storage.defineItem<{ on: boolean; strength: number }>('local:blur', {
  fallback: { on: false, strength: 0.5 },
});
/** Whether partners may learn this machine's network address. */
export const addressPrivacy = storage.defineItem<AddressPrivacy>('local:addressPrivacy', {
  fallback: 'whenPossible',
});
/** The group whose invite link was opened in a tab, until the tab's next page has entered it. */
export const pendingGroup = (tabId: number) =>
  storage.defineItem<SavedGroup | null>(`session:pendingGroup:${tabId}`, { fallback: null });
/** The window that a tab's panel was moved into. */
export const panelWindow = (tabId: number) =>
  storage.defineItem<number | null>(`session:panelWindow:${tabId}`, { fallback: null });
