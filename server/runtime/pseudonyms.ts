import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { EventId, MemberId } from '../../shared/ids.ts';

/** 128 bits. */
const PSEUDONYM_BYTES = 16;

/**
 * Who a device is within one event: the same when it comes back, unlinkable to the same device in
 * another event, and useless to whoever reads the database without the secret.
 */
export class Pseudonyms {
  /** As a key: each use of a bare text would make one of it again. */
  readonly #secret: KeyObject;

  constructor(secret: string) {
    this.#secret = createSecretKey(secret, 'utf8');
  }

  memberIdOf(eventId: EventId, deviceToken: string): MemberId {
    return this.#digest(`${eventId}\n${deviceToken}`) as MemberId;
  }

  /** A network address where requests are counted, which is no place to keep it. */
  ofAddress(address: string): string {
    return this.#digest(`network address\n${address}`);
  }

  #digest(text: string): string {
    const digest = createHmac('sha256', this.#secret).update(text);
    // In hexadecimal: letters and digits, as ids must be.
    return digest.digest().toString('hex', 0, PSEUDONYM_BYTES);
  }
}
