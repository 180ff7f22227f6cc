import type { MatchId } from '../../shared/ids.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';

export type BrokerPeers = Extract<LobbyEffect, { type: 'openBroker' }>['peers'];

/** Carries offers, answers and candidates between the two of a current match, and nobody else. */
export interface Broker {
  open(matchId: MatchId, peers: BrokerPeers): void;
  close(matchId: MatchId): void;
}
