import { setTimeout as pause } from 'node:timers/promises';
import type WebSocket from 'ws';
import { enterLobby } from './enterLobby.ts';
import type { Reading } from '../reading.ts';
import { hallAddress } from './hallAddress.ts';
import type { LobbyPlace } from './lobbyPlace.ts';

const READY = JSON.stringify({ type: 'ready' });
/** After the last *ready* nobody waits longer for a match than this, or there is none. */
const SETTLE_MS = 60_000;
const LOOK_EVERY_MS = 100;
const AT_ONCE = 20;
/** Behind those of the crowds. */
const GROUP = 100;

interface Heard {
  readonly readyAt: number;
  readonly matchedAt: number;
}

/**
 * So many people press *Ready*, one after another at a steady rate, and talk until the last of them
 * is matched: for each match the time from the later *ready* until both have heard of it.
 */
export async function matchTimesAtRate(
  place: LobbyPlace,
  { people, perSecond }: { people: number; perSecond: number },
): Promise<Reading[]> {
  const sockets: WebSocket[] = [];
  while (sockets.length < people) {
    const from = hallAddress(GROUP, sockets.length);
    const comers = Array.from({ length: AT_ONCE }, () => enterLobby(place, from));
    sockets.push(...(await Promise.all(comers)));
  }
  const matches = new Map<string, Heard[]>();
  const start = performance.now();
  for (const [index, socket] of sockets.entries()) {
    await pause(Math.max(0, start + (index * 1_000) / perSecond - performance.now()));
    press(socket, matches);
  }
  const complete = () => [...matches.values()].filter((both) => both.length === 2);
  const until = performance.now() + SETTLE_MS;
  const all = Math.floor(people / 2);
  while (complete().length < all && performance.now() < until) await pause(LOOK_EVERY_MS);
  for (const socket of sockets) socket.close(1000);
  if (complete().length < all) throw new Error(`Of ${all} pairs ${complete().length} were made.`);
  return complete().map(lasted);
}

function press(socket: WebSocket, matches: Map<string, Heard[]>): void {
  const readyAt = performance.now();
  socket.on('message', (data) => {
    const text = String(data);
    if (!text.includes('"matched"')) return;
    const { type, match } = JSON.parse(text) as { type: string; match: { matchId: string } };
    if (type !== 'matched') return;
    const both = matches.get(match.matchId) ?? [];
    matches.set(match.matchId, [...both, { readyAt, matchedAt: performance.now() }]);
    // Who left now would send the partner back to the line, to be matched a second time.
    socket.send(JSON.stringify({ type: 'mediaFlowing', matchId: match.matchId }));
  });
  socket.send(READY);
}

function lasted(both: readonly Heard[]): Reading {
  const heard = Math.max(...both.map(({ matchedAt }) => matchedAt));
  const at = Math.max(...both.map(({ readyAt }) => readyAt));
  return { at, ms: heard - at };
}
