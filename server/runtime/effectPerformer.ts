import type { Logger } from 'pino';
import { assertNever } from '../../shared/assertNever.ts';
import type { MatchId } from '../../shared/ids.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { Broker } from '../ports/broker.ts';
import type { BlockKeeper } from './blockKeeper.ts';
import type { CallTimes } from './callTimes.ts';
import type { SeatLines } from './seatLines.ts';

interface PerformerParts {
  readonly lines: SeatLines;
  readonly times: CallTimes;
  readonly broker: Broker;
  readonly blocks: Pick<BlockKeeper, 'keep'>;
  readonly log: Logger;
}

/** Matches of which nobody has been told, and nobody is to be told. */
type Unmade = { has(matchId: MatchId): boolean };

/** Does what a lobby wants done. */
export class EffectPerformer {
  readonly #parts: PerformerParts;

  constructor(parts: PerformerParts) {
    this.#parts = parts;
  }

  /** What one effect comes to is no reason to leave the next undone. */
  perform(effects: readonly LobbyEffect[], unmade: Unmade): void {
    for (const effect of effects) {
      try {
        this.#performOne(effect, unmade);
      } catch (error) {
        const name = error instanceof Error ? error.name : typeof error;
        this.#parts.log.error({ effect: effect.type, error: name }, 'an effect failed');
      }
    }
    this.#parts.times.performed(effects, unmade);
  }

  #performOne(effect: LobbyEffect, unmade: Unmade): void {
    const { lines, broker, blocks } = this.#parts;
    switch (effect.type) {
      case 'recordPair':
      case 'carryPair':
        return;
      case 'recordBlock':
        return blocks.keep(effect.pair);
      case 'send':
        return isUnmade(effect, unmade) ? undefined : lines.send(effect.sockets, effect.message);
      case 'keep':
        return isUnmade(effect, unmade) ? undefined : lines.send([effect.socket], effect.message);
      case 'moveSeat':
        return lines.move(effect.from, effect.to);
      case 'giveUpSeat':
        return lines.forget(effect.socket);
      case 'disconnect':
        return lines.close(effect.socket, effect.code);
      case 'openBroker':
        return unmade.has(effect.matchId) ? undefined : broker.open(effect.peers);
      case 'openBrokerSeat':
        return broker.openSeat(effect.seat);
      case 'closeBroker':
        return broker.close(effect.peers);
      default:
        return assertNever(effect);
    }
  }
}

function isUnmade(effect: { readonly onceRecorded: MatchId | null }, unmade: Unmade): boolean {
  return effect.onceRecorded !== null && unmade.has(effect.onceRecorded);
}
