import { createHmac } from 'node:crypto';
import type { Millis } from '../../shared/ids.ts';
import { hasRelay } from '../../shared/protocol/iceServer.ts';
import type { Clock } from '../ports/clock.ts';
import type { ComputedService } from './relayService.ts';

export interface SharedSecret {
  readonly urls: readonly string[];
  /** coturn's `static-auth-secret`. */
  readonly secret: string;
}

/** Enough to tell two members of a lobby apart in coturn's log, too little to find one of them. */
const HOLDER_LENGTH = 8;

/**
 * coturn with `use-auth-secret` (draft-uberti-behave-turn-rest): the user's name says until when it
 * holds, and the password is its signature. Each member gets one of their own, without a question.
 */
export function coturn(
  { urls, secret }: SharedSecret,
  { validMs, clock }: { validMs: Millis; clock: Pick<Clock, 'date'> },
): ComputedService {
  const relays = urls.filter((url) => hasRelay([{ urls: [url] }]));
  const others = urls.filter((url) => !relays.includes(url));
  return {
    kind: 'computed',
    name: 'coturn',
    compute(member) {
      const until = Math.floor((clock.date().getTime() + validMs) / 1_000);
      // Neither the log of the relay nor the partner's browser shall know the member's id.
      const holder = createHmac('sha256', secret).update(member).digest('hex');
      const username = `${until}:${holder.slice(0, HOLDER_LENGTH)}`;
      const credential = createHmac('sha1', secret).update(username).digest('base64');
      const relay = { urls: relays, username, credential };
      return others.length > 0 ? [{ urls: others }, relay] : [relay];
    },
  };
}
