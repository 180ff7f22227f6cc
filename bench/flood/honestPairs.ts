import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Match, ServerMessage } from '../../shared/protocol/lobby.ts';
import type { Reading } from '../reading.ts';
import { enterLobby } from '../lobby/enterLobby.ts';
import { hallAddress } from '../lobby/hallAddress.ts';
import type { LobbyPlace } from '../lobby/lobbyPlace.ts';

const AT_ONCE = 20;
/** Each tells their partner so often what their camera does: far below the limit of 20 a second. */
const TELL_EVERY_MS = 500;
/** One after the other, so that they do not wait for each other. */
const STEP_MS = 5;

interface Person {
  readonly socket: WebSocket;
  readonly matchId: string;
}

/** People in calls who tell each other through a server what their cameras do. */
export interface HonestPairs {
  /** From each message to its arrival at the partner. */
  exchange(forMs: number): Promise<Reading[]>;
  leave(): void;
}

/** Everybody enters, is matched, and reports media, so that the calls stand. */
export async function meetInPairs(place: LobbyPlace, people: number): Promise<HonestPairs> {
  const met: Person[] = [];
  while (met.length < people) {
    const from = hallAddress(0, met.length);
    met.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => meet(place, from)))));
  }
  return pairsOf(met);
}

/** The same at a server that passes messages on and does nothing else. */
export async function meetBare(url: string, people: number): Promise<HonestPairs> {
  const met: Person[] = [];
  while (met.length < people) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/people`, {
      perMessageDeflate: false,
    });
    await once(socket, 'open');
    met.push({ socket, matchId: 'm'.repeat(20) });
  }
  return pairsOf(met);
}

function pairsOf(met: Person[]): HonestPairs {
  const sentAt = new Map<number, number>();
  let readings: Reading[] = [];
  let sequence = 0;
  for (const { socket } of met) {
    socket.on('message', (data) => {
      // Other messages have none.
      const { state } = JSON.parse(String(data)) as { state?: { sequence: number } };
      if (state === undefined) return;
      const at = sentAt.get(state.sequence);
      sentAt.delete(state.sequence);
      if (at !== undefined) readings.push({ at, ms: performance.now() - at });
    });
    socket.on('close', (code) => {
      if (met.length > 0) throw new Error(`An honest person was sent away (${code}).`);
    });
  }
  const tell = ({ socket, matchId }: Person) => {
    const state = { camera: true, microphone: true, sequence: ++sequence };
    sentAt.set(sequence, performance.now());
    socket.send(JSON.stringify({ type: 'mediaState', matchId, state }));
  };
  return {
    exchange: async (forMs) => {
      readings = [];
      const start = performance.now();
      const steps = TELL_EVERY_MS / STEP_MS;
      for (let step = 0; performance.now() < start + forMs; step += 1) {
        for (let each = step % steps; each < met.length; each += steps) tell(met[each]!);
        await pause(Math.max(0, start + (step + 1) * STEP_MS - performance.now()));
      }
      return readings;
    },
    leave: () => {
      for (const { socket } of met.splice(0)) socket.close(1000);
    },
  };
}

async function meet(place: LobbyPlace, from: string): Promise<Person> {
  const socket = await enterLobby(place, from);
  const matched = new Promise<Match>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ServerMessage;
      if (message.type === 'matched') resolve(message.match);
    });
  });
  socket.send(JSON.stringify({ type: 'ready' }));
  const { matchId } = await matched;
  socket.send(JSON.stringify({ type: 'mediaFlowing', matchId }));
  return { socket, matchId };
}
