import type { EventKey } from '../ids.ts';

/** Lowercase hexadecimal SHA-256 of the key's UTF-8: what a lookup by prefix compares (EK31). */
export async function keyHash(key: EventKey): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
