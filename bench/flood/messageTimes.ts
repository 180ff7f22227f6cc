import { setTimeout as pause } from 'node:timers/promises';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';
import { percentile } from '../percentile.ts';
import type { Attacker } from './attacker.ts';
import { meetBare, meetInPairs, type HonestPairs } from './honestPairs.ts';

const PEOPLE = 200;
const ROUNDS = 6;
const TURN_MS = 10_000;
/** What the turn before has begun is over by then. */
const SETTLE_MS = 1_000;

/** The middle of the p99s of all turns, ms. */
interface Delay {
  readonly quiet: number;
  readonly attacked: number;
}

/**
 * 200 people in calls tell each other something, twice a second each, through Foyer and through the
 * bare server, by turns with and without an attack on the server they use.
 */
export async function messageTimes(
  attacker: Attacker,
  places: { readonly foyer: LobbyPlace; readonly bare: LobbyPlace },
): Promise<{ foyer: Delay; bare: Delay }> {
  const foyer = await meetInPairs(places.foyer, PEOPLE);
  const bare = await meetBare(places.bare.server, PEOPLE);
  const turns = [
    { name: 'bare, quiet', pairs: bare, attacked: null, p99s: [] as number[] },
    { name: 'bare, attacked', pairs: bare, attacked: places.bare, p99s: [] as number[] },
    { name: 'Foyer, quiet', pairs: foyer, attacked: null, p99s: [] as number[] },
    { name: 'Foyer, attacked', pairs: foyer, attacked: places.foyer, p99s: [] as number[] },
  ] as const;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const place of turns.keys()) {
      const { name, pairs, attacked, p99s } = turns[(round + place) % turns.length]!;
      p99s.push(await oneTurn(attacker, pairs, attacked));
      console.error(`  ${name}: p99 ${p99s.at(-1)?.toFixed(1)} ms`);
    }
  }
  foyer.leave();
  bare.leave();
  const [bareQuiet, bareAttacked, quiet, attacked] = turns.map(({ p99s }) => percentile(p99s, 0.5));
  return {
    foyer: { quiet: quiet!, attacked: attacked! },
    bare: { quiet: bareQuiet!, attacked: bareAttacked! },
  };
}

async function oneTurn(
  attacker: Attacker,
  pairs: HonestPairs,
  attacked: LobbyPlace | null,
): Promise<number> {
  if (attacked !== null) await attacker.attack(attacked);
  const times = await pairs.exchange(TURN_MS);
  if (attacked !== null) await attacker.rest();
  await pause(SETTLE_MS);
  return percentile(times, 0.99);
}
