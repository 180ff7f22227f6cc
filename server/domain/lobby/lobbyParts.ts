import type { Millis } from '../../../shared/ids.ts';
import type { WhoMeets } from '../../../shared/protocol/whoMeets.ts';
import type { RelayPolicy } from '../../../shared/relayRule.ts';
import type { MetPairs } from '../matching/metPairs.ts';
import type { PairSet } from '../matching/pairSet.ts';
import type { LobbyMint, LobbyRules } from './lobbyRules.ts';
import type { PartnerSeals } from './partnerSeals.ts';
import type { TrioPlace } from './trioPlace.ts';

/** What a lobby is made of. */
export interface LobbyParts {
  readonly rules: LobbyRules;
  readonly mint: LobbyMint;
  readonly seals: PartnerSeals;
  readonly met: MetPairs;
  /** Grows with what is blocked here. */
  readonly blocked: PairSet;
  readonly whoMeets: WhoMeets;
  readonly title: string;
  readonly callMs: Millis;
  /** Who leaves a call earlier waits out the rest; absent: nobody does. */
  readonly minimumMs?: Millis;
  readonly relay: RelayPolicy;
  /** Absent: nobody is offered a conversation of three, for there is none yet. */
  readonly trios?: TrioPlace;
}
