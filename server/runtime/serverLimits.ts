import type { Millis } from '../../shared/ids.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';

type Widened<T> = {
  readonly [K in keyof T]: T[K] extends readonly number[] ? readonly number[] : number;
};

/** Every duration and size the server keeps; tests shorten some to see a whole call in a moment. */
export interface ServerLimits extends Widened<typeof LIMITS> {
  /** How long a second of conversation lasts. */
  readonly callSecondMs: Millis;
  /** Matching rests after a storage failure: long enough not to spin, short enough not to notice. */
  readonly storagePauseMs: Millis;
  /** An empty lobby is kept this long, so that a ticket finds its lobby warm. */
  readonly idleLobbyMs: Millis;
  /** Between two of the server's pings on a lobby socket. */
  readonly socketPingMs: Millis;
  /** A socket that has been silent this long, pings included, is dead. */
  readonly socketSilenceMs: Millis;
}

export const SERVER_LIMITS: ServerLimits = {
  ...LIMITS,
  callSecondMs: 1_000,
  storagePauseMs: 1_000,
  idleLobbyMs: LIMITS.ticketTtlMs,
  socketPingMs: 10_000,
  socketSilenceMs: 20_000,
};
