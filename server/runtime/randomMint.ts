import { randomFillSync } from 'node:crypto';
import type { EventId } from '../../shared/ids.ts';
import type { Mint } from '../ports/mint.ts';

/** 96 bits: an event's id need not be secret, only unique, and it stands in links. */
const EVENT_ID_BYTES = 12;
/** 128 bits: never met by accident or by guessing. */
const ID_BYTES = 16;
/** 192 bits. */
const TOKEN_BYTES = 24;
/** The generator is asked for many at once: a crowd that is released together wants thousands. */
const POOL_BYTES = 4_096;

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** Never the same ones again; to be read at once. */
function fresh(bytes: number): Buffer {
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.subarray(used - bytes, used);
}

export const randomMint: Mint = {
  eventId: () => fresh(EVENT_ID_BYTES).toString('hex') as EventId,
  id: () => fresh(ID_BYTES).toString('hex'),
  token: () => fresh(TOKEN_BYTES).toString('base64url'),
};
