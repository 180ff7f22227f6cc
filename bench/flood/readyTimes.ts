import { setTimeout as pause } from 'node:timers/promises';
import type { Millis } from '../../shared/ids.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { startCrowds } from '../lobby/crowds.ts';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';
import { matchTimesAtRate } from '../lobby/readyRate.ts';
import type { Attacker } from './attacker.ts';
import { byTurns } from './byTurns.ts';

/** 4,000 who stay and 1,000 who press Ready in 10 s, as in the lobby's own bench. */
const STAYING = 4_000;
const PRESSING = { people: 1_000, perSecond: 100 };
const CROWDS = 2;
/** Then the attacker's seats are given up as well, and the next turn has nothing of this one. */
const SETTLE_MS = LIMITS.resumeGraceMs + 2_000;

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
 * cores what a server does for an attacker slows everybody, whichever server it is. The p99s, ms.
 */
export async function readyTimes(attacker: Attacker, { honest, here, elsewhere }: Places) {
  const crowd = startCrowds(CROWDS);
  const quiet = () => matchTimesAtRate(honest, PRESSING);
  const attacked = async (place: LobbyPlace, settleMs: Millis) => {
    await attacker.attack(place);
    const readings = await quiet();
    console.error('  the attacker:', await attacker.rest());
    await pause(settleMs);
    return readings;
  };
  try {
    await crowd.come(honest, STAYING);
    return await byTurns({
      quiet,
      elsewhere: () => attacked(elsewhere, 0),
      here: () => attacked(here, SETTLE_MS),
    });
  } finally {
    await crowd.end();
  }
}
