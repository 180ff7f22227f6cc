import { eventKeyOf, type EventKeyError } from '../../shared/eventKey/eventKey.ts';
import { keyHash } from '../../shared/eventKey/keyHash.ts';
import type { RegisterAnswer } from '../../shared/protocol/http.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredAddress } from '../ports/eventRepository.ts';
import type { Refusal } from './httpError.ts';

interface GivenAddress {
  readonly url: string;
  readonly parameters: readonly string[];
}

/** What is stored of the addresses an organizer gives; two forms of one address count once. */
export async function storedAddresses(
  given: readonly GivenAddress[],
): Promise<Result<readonly StoredAddress[], Refusal>> {
  const byKey = new Map<string, StoredAddress>();
  for (const { url, parameters } of given) {
    const place = eventKeyOf(url, parameters);
    if (!place.ok) return fail(refusalOf(place.error));
    const { key, bareKey, url: publicUrl } = place.value;
    byKey.set(key, {
      key,
      keyHash: await keyHash(key),
      bareKeyHash: await keyHash(bareKey),
      url: publicUrl,
      // A platform ignores the names, and then nobody needs to be told of them.
      parameters: key === bareKey ? [] : parameters,
    });
  }
  return ok([...byKey.values()]);
}

export function shownAddresses(
  addresses: readonly StoredAddress[],
): RegisterAnswer['event']['addresses'] {
  return addresses.map(({ key, url, parameters }) => ({ key, url, parameters: [...parameters] }));
}

function refusalOf(error: EventKeyError): Refusal {
  return { reason: 'notAnEventUrl', message: SENTENCES[error] };
}

const SENTENCES: Record<EventKeyError, string> = {
  notAnAddress: 'This is no web address. Copy the complete address of the stream, with https://.',
  tooLong:
    'This address is too long to be the address of a stream. Copy it again from the browser.',
  schemeUnsupported: 'Only addresses that begin with http:// or https:// can be registered.',
  credentials: 'This address contains a user name or a password. Remove it, then try again.',
  movingPointer:
    'This address leads to whatever is live on the channel. Open the stream and copy the address of the video itself.',
  notAnEvent:
    'This address is a page of the platform, not a stream. Open the stream and copy its address.',
};
