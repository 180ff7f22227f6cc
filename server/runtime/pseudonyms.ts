import { createHmac } from 'node:crypto';
import type { EventId, MemberId } from '../../shared/ids.ts';

/** 128 bits. */
const PSEUDONYM_BYTES = 16;

/**
 * Who a device is within one event: the same when it comes back, unlinkable to the same device in
 * another event, and useless to whoever reads the database without the secret.
 */
export class Pseudonyms {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  memberIdOf(eventId: EventId, deviceToken: string): MemberId {
    const digest = createHmac('sha256', this.#secret).update(`${eventId}\n${deviceToken}`);
    // In hexadecimal: letters and digits, as ids must be.
    return digest.digest().toString('hex', 0, PSEUDONYM_BYTES) as MemberId;
  }
}
