import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import type { MemberId } from '../../shared/ids.ts';
import type { PartnerSeals } from '../domain/lobby/partnerSeals.ts';

const CIPHER = 'aes-256-gcm';
/** Keeps this key apart from whatever else is made of the same secret. */
const PURPOSE = 'foyer partner seal 1';
/** Bytes, as AES-256-GCM has them. */
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const TAG_LENGTH = 16;

/** Seals as URL-safe text: the nonce, the encrypted id, and the tag. */
export class EncryptedSeals implements PartnerSeals {
  readonly #key: KeyObject;

  /** The same on all nodes and after each restart. */
  constructor(secret: string) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', PURPOSE, KEY_LENGTH)));
  }

  seal(member: MemberId): string {
    const nonce = randomBytes(NONCE_LENGTH);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    const hidden = Buffer.concat([cipher.update(member), cipher.final()]);
    return Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString('base64url');
  }

  open(seal: string): MemberId | null {
    const bytes = Buffer.from(seal, 'base64url');
    if (bytes.length <= NONCE_LENGTH + TAG_LENGTH) return null;
    const nonce = bytes.subarray(0, NONCE_LENGTH);
    const options = { authTagLength: TAG_LENGTH };
    const decipher = createDecipheriv(CIPHER, this.#key, nonce, options);
    decipher.setAuthTag(bytes.subarray(-TAG_LENGTH));
    try {
      const member = decipher.update(bytes.subarray(NONCE_LENGTH, -TAG_LENGTH));
      return Buffer.concat([member, decipher.final()]).toString() as MemberId;
    } catch {
      return null;
    }
  }
}
