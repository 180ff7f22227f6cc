import { eventKeyOf, type EventKeyError, type EventPlace } from '../../shared/eventKey/eventKey.ts';
import { keyHash } from '../../shared/eventKey/keyHash.ts';
import type { ApiClient, ApiFailure } from '../../shared/protocol/apiClient.ts';
import type { LookupAnswer, LookupEntry } from '../../shared/protocol/http.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { ok, type Result } from '../../shared/result.ts';

/** What a page's address stands for. */
export type EventOnPage =
  | { readonly found: 'noPlace'; readonly error: EventKeyError }
  | { readonly found: 'unregistered'; readonly place: EventPlace }
  | { readonly found: 'listed'; readonly place: EventPlace; readonly entry: LookupEntry };

type Lookup = Pick<ApiClient, 'lookup'>;

/**
 * Finds the listed event of an address. The server hears five digits of a hash and answers with all
 * that begins so; which of it is meant stays here.
 */
export async function eventOnPage(
  url: string,
  api: Lookup,
): Promise<Result<EventOnPage, ApiFailure>> {
  const bare = eventKeyOf(url);
  if (!bare.ok) return ok({ found: 'noPlace', error: bare.error });
  const answer = await entryOf(bare.value, api);
  if (!answer.ok) return answer;
  // A registration that names parameters is the more exact one.
  for (const names of answer.value.parameterNames) {
    const exact = eventKeyOf(url, names);
    if (!exact.ok || exact.value.key === bare.value.key) continue;
    const named = await entryOf(exact.value, api);
    if (!named.ok) return named;
    if (named.value.entry) return ok(listed(exact.value, named.value.entry));
  }
  const { entry } = answer.value;
  return ok(entry ? listed(bare.value, entry) : { found: 'unregistered', place: bare.value });
}

function listed(place: EventPlace, entry: LookupEntry): EventOnPage {
  return { found: 'listed', place, entry };
}

interface Found {
  readonly entry: LookupEntry | undefined;
  readonly parameterNames: readonly (readonly string[])[];
}

async function entryOf(place: EventPlace, api: Lookup): Promise<Result<Found, ApiFailure>> {
  const hash = await keyHash(place.key);
  const answer = await api.lookup(hash.slice(0, LIMITS.lookupPrefixLength));
  return answer.ok ? ok(pick(answer.value, hash)) : answer;
}

function pick({ events, parameters }: LookupAnswer, hash: string): Found {
  return {
    entry: events.find(({ keyHash }) => keyHash === hash),
    parameterNames: parameters.filter(({ keyHash }) => keyHash === hash).map(({ names }) => names),
  };
}
