import type { IceServer } from '../ports/iceServerSource.ts';
import type { ComputedService } from './relayService.ts';

/** Relays whose credentials the operator wrote down: the same for everybody, for good. */
export function staticRelay(servers: readonly IceServer[]): ComputedService {
  return { kind: 'computed', name: 'static', compute: () => servers };
}
