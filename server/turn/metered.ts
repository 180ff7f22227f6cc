import * as v from 'valibot';
import type { Millis } from '../../shared/ids.ts';
import { hasRelay } from '../../shared/protocol/iceServer.ts';
import { fail, ok } from '../../shared/result.ts';
import { askService } from './askService.ts';
import { GivenServerSchema, iceServerOf } from './givenServer.ts';
import type { FetchedService } from './relayService.ts';

export interface MeteredApp {
  /** `https://<app>.metered.live`. */
  readonly url: string;
  readonly secretKey: string;
}

const CreatedSchema = v.object({
  apiKey: v.pipe(v.string(), v.minLength(1)),
  expiryInSeconds: v.optional(v.pipe(v.number(), v.minValue(1))),
});
const ServersSchema = v.array(GivenServerSchema);

/** Shown in the service's own list, so that its operator can tell these credentials from others. */
const LABEL = 'foyer';

/**
 * Metered's TURN service: creates a credential that expires, then reads the servers it is good for.
 * https://www.metered.ca/docs/turn-rest-api/post-create-credential
 */
export function metered(
  { url, secretKey }: MeteredApp,
  { validMs, timeoutMs }: { validMs: Millis; timeoutMs: Millis },
): FetchedService {
  const create = new URL('/api/v1/turn/credential', url);
  create.searchParams.set('secretKey', secretKey);
  const body = { expiryInSeconds: Math.floor(validMs / 1_000), label: LABEL };
  return {
    kind: 'fetched',
    name: 'metered',
    async fetch(signal) {
      // Both questions together have the time of one.
      const patience = { signal, timeoutMs: timeoutMs / 2 };
      const created = await askService(
        CreatedSchema,
        { url: create, method: 'POST', body },
        patience,
      );
      if (!created.ok) return created;
      const { apiKey, expiryInSeconds = validMs / 1_000 } = created.value;
      const read = new URL('/api/v1/turn/credentials', url);
      read.searchParams.set('apiKey', apiKey);
      const given = await askService(ServersSchema, { url: read, method: 'GET' }, patience);
      if (!given.ok) return given;
      const servers = given.value.map(iceServerOf);
      if (!hasRelay(servers)) return fail('notUnderstood');
      return ok({ servers, validMs: Math.min(validMs, expiryInSeconds * 1_000) });
    },
  };
}
