import { startCrowds } from '../lobby/crowds.ts';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';
import { matchTimesAtRate } from '../lobby/readyRate.ts';
import { percentile } from '../percentile.ts';
import type { Attacker } from './attacker.ts';

/** 4,000 who stay and 1,000 who press Ready in 10 s, as in the lobby's own bench. */
const STAYING = 4_000;
const PRESSING = { people: 1_000, perSecond: 100 };
const CROWDS = 2;
const ROUNDS = 7;

const TURNS = ['quiet', 'elsewhere', 'here'] as const;
type Turn = (typeof TURNS)[number];

interface Places {
  /** Where people want to meet. */
  readonly honest: LobbyPlace;
  /** Another event of the same server. */
  readonly here: LobbyPlace;
  /** Another server of the same machine. */
  readonly elsewhere: LobbyPlace;
}

/**
 * From the second *ready* to both *matched*, with 5,000 people present and 100 pressing Ready a
 * second: by turns nobody attacks, another server is attacked, and this one. On a machine with few
 * cores the attacker's own work slows everybody, wherever it goes. The middle of the p99s of all
 * turns, ms.
 */
export async function readyTimes(
  attacker: Attacker,
  places: Places,
): Promise<Record<Turn, number>> {
  const crowd = startCrowds(CROWDS);
  try {
    await crowd.come(places.honest, STAYING);
    const p99s: Record<Turn, number[]> = { quiet: [], elsewhere: [], here: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const place of TURNS.keys()) {
        const turn = TURNS[(round + place) % TURNS.length]!;
        if (turn !== 'quiet') await attacker.attack(places[turn]);
        const times = await matchTimesAtRate(places.honest, PRESSING);
        const count = turn === 'quiet' ? '' : await attacker.rest();
        p99s[turn].push(percentile(times, 0.99));
        console.error(`  ${turn}: p99 ${percentile(times, 0.99).toFixed(1)} ms`, count);
      }
    }
    const middle = (turn: Turn) => percentile(p99s[turn], 0.5);
    return { quiet: middle('quiet'), elsewhere: middle('elsewhere'), here: middle('here') };
  } finally {
    await crowd.end();
  }
}
