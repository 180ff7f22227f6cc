import type { MatchId, Millis, PeerId } from '../../../shared/ids.ts';

/** The durations a lobby keeps; shared/protocol/limits.ts gives their reasons. */
export interface LobbyRules {
  readonly connectTimeoutMs: Millis;
  readonly goodbyeMs: Millis;
  readonly moreMsMax: Millis;
  readonly moreTimesPerCall: number;
  readonly cueMs: readonly Millis[];
  readonly resumeGraceMs: Millis;
  readonly presenceIntervalMs: Millis;
  /** Nobody is matched for this long after the storage failed. */
  readonly storagePauseMs: Millis;
}

/** Chance arrives as an argument: fresh, unguessable names. */
export interface LobbyMint {
  matchId(): MatchId;
  peerId(): PeerId;
  brokerToken(): string;
  resumeToken(): string;
}
