import type { MemberId, Millis } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { IceServer, RelayFailure, RelayName } from '../ports/iceServerSource.ts';

/** What a relay service gave, and for how long a relay accepts it from the moment it was asked for. */
interface RelayCredentials {
  readonly servers: readonly IceServer[];
  readonly validMs: Millis;
}

/** A service whose credentials cost nothing and cannot fail: each member gets their own. */
export interface ComputedService {
  readonly kind: 'computed';
  readonly name: RelayName;
  compute(member: MemberId): readonly IceServer[];
}

/** One that can be asked whether it is there. */
export interface ProbedService extends ComputedService {
  /** Never takes longer than its own timeout. */
  probe(signal: AbortSignal): Promise<Result<null, RelayFailure>>;
}

/** A service that is asked over the network: the members of a lobby share what it gave. */
export interface FetchedService {
  readonly kind: 'fetched';
  readonly name: RelayName;
  /** Never takes longer than its own timeout. */
  fetch(signal: AbortSignal): Promise<Result<RelayCredentials, RelayFailure>>;
}

export type RelayService = ComputedService | ProbedService | FetchedService;
