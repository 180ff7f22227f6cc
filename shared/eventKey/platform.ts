import type { Result } from '../result.ts';
import type { PageAddress } from './pageAddress.ts';

/** An event of a platform whose addresses Foyer understands. */
export interface PlatformPlace {
  /** `provider:kind:id`. */
  readonly key: string;
  /** The address at which everybody can watch it. */
  readonly url: string;
}

/**
 * `movingPointer`: an address that shows another broadcast tomorrow.
 * `notAnEvent`: a page of the platform that shows no single broadcast.
 */
export type PlatformError = 'movingPointer' | 'notAnEvent';

export interface Platform {
  /** Hosts of the platform; every host below them is its own too, and never an ordinary page. */
  readonly domains: readonly string[];
  place(page: PageAddress): Result<PlatformPlace, PlatformError>;
}

/** True for `domain` and the hosts below it, and for nothing that merely looks like it. */
export function isOfDomain(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}
