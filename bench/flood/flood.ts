import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { startFoyer } from '../../e2e/server/startFoyer.ts';
import { startProcess } from '../../e2e/server/startProcess.ts';
import type { Figures } from '../figures.ts';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';
import { percentile } from '../percentile.ts';
import { startAttacker, type Attacker } from './attacker.ts';
import { meetInPairs, type HonestPairs } from './honestPairs.ts';

const REFUSING_SERVER = fileURLToPath(new URL('refusingServer.ts', import.meta.url));
const PEOPLE = 200;
/** Longer than the measurement: nobody's call ends meanwhile. */
const CALL_SECONDS = 900;
const ROUNDS = 8;
const TURN_MS = 5_000;
/** What the turn before has begun is over by then. */
const SETTLE_MS = 1_000;

const TURNS = ['quiet', 'elsewhere', 'here'] as const;
type Turn = (typeof TURNS)[number];

/**
 * 200 people in calls tell each other something through the lobby while one attacker does everything
 * at ten times the limits: frames, bytes, malformed frames, joins, and the broker. By turns the
 * attacker is silent, attacks another server that refuses the same and serves nobody, and attacks this
 * one. On a machine with few cores the attacker's own work slows everybody, wherever it goes: so the
 * figure is the p99 of the delay while this server is attacked, by the one while the other is.
 */
export async function flood(): Promise<Figures> {
  console.error(`${ROUNDS} rounds; the machine's load is ${loadavg()[0]?.toFixed(1)} …`);
  const foyer = await startFoyer();
  const other = await startProcess({ args: [REFUSING_SERVER] });
  const attacker = startAttacker();
  try {
    const address = { url: 'https://conf.example/flood' };
    const body = { title: 'Flood', addresses: [address], callSeconds: CALL_SECONDS };
    const { event } = await registerEvent(foyer.url, body);
    const places = {
      here: { server: foyer.url, eventId: event.eventId },
      elsewhere: { server: other.url, eventId: event.eventId },
    };
    const honest = await meetInPairs(places.here, PEOPLE);
    const delays = await playRounds(honest, attacker, places);
    honest.leave();
    return report(delays);
  } finally {
    await attacker.end();
    await Promise.all([foyer.close(), other.stop()]);
  }
}

async function playRounds(
  honest: HonestPairs,
  attacker: Attacker,
  places: Readonly<Record<'here' | 'elsewhere', LobbyPlace>>,
) {
  const delays: Record<Turn, number[]> = { quiet: [], elsewhere: [], here: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const place of TURNS.keys()) {
      const turn = TURNS[(round + place) % TURNS.length]!;
      if (turn !== 'quiet') await attacker.attack(places[turn]);
      const times = await honest.exchange(TURN_MS);
      const count = turn === 'quiet' ? null : await attacker.rest();
      delays[turn].push(percentile(times, 0.99));
      console.error(`  ${turn}: p99 ${percentile(times, 0.99).toFixed(1)} ms`, count ?? '');
      await pause(SETTLE_MS);
    }
  }
  return delays;
}

function report(delays: Readonly<Record<Turn, readonly number[]>>): Figures {
  const middle = (turn: Turn) => percentile(delays[turn], 0.5);
  const ratio = middle('here') / middle('elsewhere');
  console.error(`The p99 of a message's delay, the middle one of ${ROUNDS} turns:
  nobody attacks          ${middle('quiet').toFixed(1)} ms
  another server attacked ${middle('elsewhere').toFixed(1)} ms
  this server attacked    ${middle('here').toFixed(1)} ms, ${ratio.toFixed(2)} times that; the bar is 1.2`);
  return { flood_p99_ratio: Number(ratio.toFixed(2)) };
}
