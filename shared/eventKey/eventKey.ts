import type { EventKey } from '../ids.ts';
import { LIMITS } from '../protocol/limits.ts';
import { fail, ok, type Result } from '../result.ts';
import { otherPlace } from './otherPage.ts';
import { readPageAddress, type PageAddress, type PageAddressError } from './pageAddress.ts';
import { isOfDomain, type Platform, type PlatformError } from './platform.ts';
import { twitch } from './twitch.ts';
import { vimeo } from './vimeo.ts';
import { youtube } from './youtube.ts';

/** What an address is about. */
export interface EventPlace {
  readonly key: EventKey;
  /** The public address: nothing personal of the one it was made from. */
  readonly url: string;
  /** The key without named parameters; equal to `key` where none apply. */
  readonly bareKey: EventKey;
}

export type EventKeyError = PageAddressError | PlatformError;

const PLATFORMS: readonly Platform[] = [youtube, twitch, vimeo];

/**
 * The event that a page's address stands for (docs/SPEC.md, EK). Made from the address alone:
 * what a page says of itself merges unrelated pages.
 *
 * @param parameters names that a registration declares to choose the talk on a site Foyer does not
 *   know; platforms ignore them.
 */
export function eventKeyOf(
  url: string,
  parameters: readonly string[] = [],
): Result<EventPlace, EventKeyError> {
  const page = readPageAddress(url);
  if (!page.ok) return page;
  const place = placeOf(page.value, parameters);
  if (place.ok && place.value.key.length > LIMITS.eventKeyLength) return fail('tooLong');
  return place;
}

function placeOf(
  page: PageAddress,
  parameters: readonly string[],
): Result<EventPlace, PlatformError> {
  const platform = platformOf(page);
  if (platform === undefined) return ok(branded(otherPlace(page, parameters)));
  const place = platform.place(page);
  return place.ok ? ok(branded({ ...place.value, bareKey: place.value.key })) : place;
}

/** Another port of a platform's host is another server. */
function platformOf({ host, port }: PageAddress): Platform | undefined {
  if (port !== '') return undefined;
  return PLATFORMS.find(({ domains }) => domains.some((domain) => isOfDomain(host, domain)));
}

function branded(place: { key: string; url: string; bareKey: string }): EventPlace {
  return { key: place.key as EventKey, url: place.url, bareKey: place.bareKey as EventKey };
}
