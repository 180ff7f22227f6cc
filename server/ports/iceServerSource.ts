import type { MemberId } from '../../shared/ids.ts';
import type { IceServer } from '../../shared/protocol/iceServer.ts';

export type { IceServer };

/** The kinds of relay service there are adapters for. */
export type RelayName = 'cloudflare' | 'metered' | 'coturn' | 'static';

/** Why a relay service gave no credentials. */
export type RelayFailure =
  | 'timedOut'
  | 'unreachable'
  /** Our key or our request is not accepted. */
  | 'refused'
  | 'tooMany'
  | 'serviceFailed'
  | 'notUnderstood';

/** Closed: asked whenever needed. Open: left alone. Half open: one question tries whether it is back. */
export type BreakerState = 'closed' | 'open' | 'halfOpen';

/** For those who watch the relay services: nothing here holds a secret or says who somebody is. */
export interface RelayListener {
  /** Credentials were fetched for a lobby, or computed for a member. */
  issued(service: RelayName): void;
  failed(service: RelayName, cause: RelayFailure): void;
  breakerChanged(service: RelayName, state: BreakerState): void;
}

/** The servers that one lobby hands out. */
export interface LobbyIceServers {
  /** Whether a relay is among them at this moment. */
  readonly relays: boolean;
  /** For one member, at once: the credentials are here already. */
  issue(member: MemberId): readonly IceServer[];
}

/** Where two browsers find help to reach each other. */
export interface IceServerSource {
  /** Whether a relay is set up, working at this moment or not: only then can addresses be hidden. */
  readonly relays: boolean;
  /**
   * Keeps credentials ready for one lobby until the signal; settles once the first are here, or when
   * nobody should wait for them any longer. `changed` hears whether there is a relay.
   */
  open(changed: (relays: boolean) => void, signal: AbortSignal): Promise<LobbyIceServers>;
}
