import type { PeerId } from '../../shared/ids.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';

export type BrokerPeers = Extract<LobbyEffect, { type: 'openBroker' }>['peers'];

/** Carries offers, answers and candidates between the two of a current match, and nobody else. */
export type BrokerSeat = Extract<LobbyEffect, { type: 'openBrokerSeat' }>['seat'];

export interface Broker {
  /** For somebody who waits: may connect, reaches nobody. */
  openSeat(seat: BrokerSeat): void;
  /** From now on the two reach each other. */
  open(peers: BrokerPeers): void;
  close(peers: readonly PeerId[]): void;
}
