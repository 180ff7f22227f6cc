import type { Millis } from '../../../shared/ids.ts';
import type { LobbyEffect } from './lobbyEffect.ts';
import type { Member } from './member.ts';

export type Three = readonly [Member, Member, Member];

/** Where three can talk. What they are told of it, and how they get there, is known here alone. */
export interface TrioPlace {
  /** Whether they want to; all three, or none. */
  ask(three: Three, answerInMs: Millis): readonly LobbyEffect[];
  /** It comes to nothing, for those of the three who are still in the lobby: they may meet somebody at once. */
  withdraw(asked: readonly Member[]): readonly LobbyEffect[];
  /**
   * All have agreed, and wait no more: in the lobby they are idle from now on. Their three pairs count
   * as met there; to write them for `cycle` is among these effects.
   */
  begin(three: Three, cycle: number): readonly LobbyEffect[];
}
