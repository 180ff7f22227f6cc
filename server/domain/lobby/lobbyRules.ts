import type { MatchId, MemberId, Millis, PeerId } from '../../../shared/ids.ts';
import type { IceServer } from '../../../shared/protocol/iceServer.ts';

/** The durations a lobby keeps; shared/protocol/limits.ts gives their reasons. */
export interface LobbyRules {
  /** Who comes when there are so many goes to another part of the event. */
  readonly membersPerLobby: number;
  readonly connectTimeoutMs: Millis;
  readonly goodbyeMs: Millis;
  readonly moreMsMax: Millis;
  readonly moreTimesPerCall: number;
  readonly presentForMs: Millis;
  readonly readyCheckMs: Millis;
  readonly roundOpenMs: Millis;
  readonly cueMs: readonly Millis[];
  readonly resumeGraceMs: Millis;
  readonly presenceIntervalMs: Millis;
  readonly presenceInCallMs: Millis;
  readonly presenceFramesPerSecond: number;
  /** Between two looks at how long those who wait will still wait. */
  readonly forecastIntervalMs: Millis;
  /** Who waits or talks for so long gets fresh ICE servers. */
  readonly iceServersRenewMs: Millis;
  /** Nobody is matched for this long after the storage failed. */
  readonly storagePauseMs: Millis;
  /** Between a call and the next *ready*, where the person does nothing. */
  readonly afterCallMs: Millis;
  /** In a lobby of at most so many a pair may be held for a better one … */
  readonly smallLobbySize: number;
  /** … and for so long at most. */
  readonly smallLobbyHoldMs: Millis;
  /** Who has waited so long, and would wait as long again, is offered a conversation of three. */
  readonly trioAfterMs: Millis;
  /** For all three to accept it. */
  readonly trioAnswerMs: Millis;
}

/** Chance arrives as an argument: fresh, unguessable names, and the fall of the dice. */
export interface LobbyMint {
  matchId(): MatchId;
  peerId(): PeerId;
  brokerToken(): string;
  resumeToken(): string;
  /** With credentials that hold well beyond `iceServersRenewMs`. */
  iceServers(member: MemberId): readonly IceServer[];
  /** A number from 0 to 1, without 1. */
  chance(): number;
}
