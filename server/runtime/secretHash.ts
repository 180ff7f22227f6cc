import { createHash, timingSafeEqual } from 'node:crypto';

/** A random secret of 192 bits needs no salt and no slow hash. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** In constant time, so that an answer's delay tells nothing of the secret. */
export function matchesHash(secret: string, hash: string): boolean {
  const given = createHash('sha256').update(secret).digest();
  const kept = Buffer.from(hash, 'hex');
  return given.length === kept.length && timingSafeEqual(given, kept);
}
