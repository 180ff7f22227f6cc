import { storage } from 'wxt/utils/storage';

const item = storage.defineItem<string>('local:deviceToken', { init: newToken });

/**
 * The random token by which a lobby knows this browser again, so that nobody is met twice. The
 * server makes another pseudonym of it for each event, and keeps only that.
 */
export function deviceToken(): Promise<string> {
  return item.getValue();
}

function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
