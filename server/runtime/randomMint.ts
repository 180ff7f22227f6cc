import { randomBytes } from 'node:crypto';
import type { EventId } from '../../shared/ids.ts';
import type { Mint } from '../ports/mint.ts';

/** 96 bits: an event's id need not be secret, only unique, and it stands in links. */
const EVENT_ID_BYTES = 12;
/** 128 bits: never met by accident or by guessing. */
const ID_BYTES = 16;
/** 192 bits. */
const TOKEN_BYTES = 24;

export const randomMint: Mint = {
  eventId: () => randomBytes(EVENT_ID_BYTES).toString('hex') as EventId,
  id: () => randomBytes(ID_BYTES).toString('hex'),
  token: () => randomBytes(TOKEN_BYTES).toString('base64url'),
};
