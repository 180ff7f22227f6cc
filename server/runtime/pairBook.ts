import type { Logger } from 'pino';
import type { EventId, MatchId } from '../../shared/ids.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';

interface BookParts {
  readonly eventId: EventId;
  readonly metPairs: MetPairRepository;
  readonly log: Logger;
}

type CarriedPair = Extract<LobbyEffect, { type: 'carryPair' }>;
export type PairEffect = Extract<LobbyEffect, { type: 'recordPair' }> | CarriedPair;
/** Matches that came to nothing, and why. */
export type Unmade = ReadonlyMap<MatchId, 'pairRefused' | 'pairUnrecorded'>;

/** Writes who has met whom. */
export class PairBook {
  readonly #parts: BookParts;
  /** They go on talking whether this is written or not, so it is tried again with the next pairs. */
  #owed: readonly CarriedPair[] = [];
  /** Told once, however often it is tried. */
  #isFailing = false;

  constructor(parts: BookParts) {
    this.#parts = parts;
  }

  /** Which of the matches came to nothing. */
  async write(pairs: readonly PairEffect[]): Promise<Unmade> {
    const { metPairs, eventId, log } = this.#parts;
    const all = [...this.#owed, ...pairs];
    const matches = pairs.filter(({ type }) => type === 'recordPair').map(({ matchId }) => matchId);
    const recorded = await metPairs.record(eventId, all);
    if (!recorded.ok) {
      if (!this.#isFailing)
        log.error({ eventId, pairs: all.length }, 'pairs could not be stored; matching pauses');
      this.#isFailing = true;
      const carried = all.filter((pair) => pair.type === 'carryPair');
      this.#owed = carried.filter(({ matchId }) => !matches.includes(matchId));
      return new Map(matches.map((matchId) => [matchId, 'pairUnrecorded']));
    }
    this.#owed = [];
    this.#isFailing = false;
    const refused = matches.filter((matchId) => recorded.value.has(matchId));
    return new Map(refused.map((matchId) => [matchId, 'pairRefused']));
  }
}

export function isPair(effect: LobbyEffect): effect is PairEffect {
  return effect.type === 'recordPair' || effect.type === 'carryPair';
}
