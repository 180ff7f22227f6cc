import { enterLobby } from './enterLobby.ts';
import { heard } from './heard.ts';
import type { LobbyPlace } from './lobbyPlace.ts';

/** Few at a time. */
const FROM = '127.0.0.1';
const READY = JSON.stringify({ type: 'ready' });

/** From the second *ready* until both have heard *matched*, ms, for pairs that come one after another. */
export async function matchTimes(place: LobbyPlace, pairs: number): Promise<number[]> {
  const times: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) times.push(await matchOnce(place));
  return times;
}

async function matchOnce(place: LobbyPlace): Promise<number> {
  const [first, second] = await Promise.all([enterLobby(place, FROM), enterLobby(place, FROM)]);
  const waiting = heard(first, 'waiting');
  first.send(READY);
  await waiting;
  const matched = Promise.all([heard(first, 'matched'), heard(second, 'matched')]);
  const readyAt = performance.now();
  second.send(READY);
  const heardAt = await matched;
  for (const socket of [first, second]) socket.close(1000);
  return Math.max(...heardAt) - readyAt;
}
