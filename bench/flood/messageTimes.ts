import { setTimeout as pause } from 'node:timers/promises';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';
import type { Attacker } from './attacker.ts';
import { byTurns } from './byTurns.ts';
import { meetBare, meetInPairs, type HonestPairs } from './honestPairs.ts';

const PEOPLE = 200;
const TURN_MS = 10_000;
/** What the turn before has begun is over by then. */
const SETTLE_MS = 1_000;

/**
 * 200 people in calls tell each other something, twice a second each, through Foyer and through the
 * bare server, by turns with and without an attack on the server they use. The p99s of the delay, ms.
 */
export async function messageTimes(
  attacker: Attacker,
  places: { readonly foyer: LobbyPlace; readonly bare: LobbyPlace },
) {
  const foyer = await meetInPairs(places.foyer, PEOPLE);
  const bare = await meetBare(places.bare.server, PEOPLE);
  const attacked = async (place: LobbyPlace, pairs: HonestPairs) => {
    await attacker.attack(place);
    const readings = await pairs.exchange(TURN_MS);
    await attacker.rest();
    await pause(SETTLE_MS);
    return readings;
  };
  const p99s = await byTurns({
    bare: () => bare.exchange(TURN_MS),
    bareAttacked: () => attacked(places.bare, bare),
    foyer: () => foyer.exchange(TURN_MS),
    foyerAttacked: () => attacked(places.foyer, foyer),
  });
  foyer.leave();
  bare.leave();
  return p99s;
}
