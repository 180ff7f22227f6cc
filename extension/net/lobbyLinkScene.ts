import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import type { JoinAnswer } from '../../shared/protocol/http.ts';
import { ok, type Result } from '../../shared/result.ts';
import { FakeTimers } from '../call/fakeTimers.ts';
import { WebSocketLobbyLink } from './lobbyLink.ts';

export const RESUME_TOKEN = 'resume-token-0123456789';
const WELCOME = {
  type: 'welcome',
  resumeToken: RESUME_TOKEN,
  heard: 0,
  eventTitle: 'A talk',
  relayAvailable: false,
  presence: { here: 1, waiting: 0 },
  pairing: { state: 'running' },
  seat: { phase: 'idle' },
};

/** Things that happen, in their order, and can be waited for. */
class Log {
  readonly all: string[] = [];
  #wake: () => void = () => undefined;

  add(entry: string): void {
    this.all.push(entry);
    this.#wake();
  }

  async until(count: number): Promise<string[]> {
    while (this.all.length < count) await new Promise<void>((wake) => (this.#wake = wake));
    return this.all;
  }
}

/** A scripted server: keeps what it is greeted with, and answers as a test wants. */
export async function startServer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((listening) => server.once('listening', listening));
  const heard = new Log();
  const closes = new Log();
  const sockets: ServerSocket[] = [];
  let silent = false;
  /** What it says that it has heard, and what it says before a welcome back. */
  const count = { heard: 0, missed: [] as readonly object[] };
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data) => {
      heard.add(String(data));
      const { type } = JSON.parse(String(data)) as { type: string };
      if (silent || (type !== 'hello' && type !== 'resume')) return;
      const welcome = { ...WELCOME, heard: count.heard };
      const missed = type === 'resume' ? count.missed : [];
      for (const said of [...missed, welcome]) socket.send(JSON.stringify(said));
    });
    socket.on('close', (code) => closes.add(String(code)));
  });
  const { port } = server.address() as { port: number };
  const falls = (how: 'silent' | 'talking') => (silent = how === 'silent');
  return { server, heard, closes, sockets, falls, count, url: `ws://127.0.0.1:${port}` };
}

/** A link that is open, with its clock in the test's hand, and all that it tells. */
export function openLinkTo(url: string, join?: () => Result<JoinAnswer, ApiFailure>) {
  const told = new Log();
  const timers = new FakeTimers();
  let tickets = 0;
  const link = new WebSocketLobbyLink({
    timers,
    chance: () => 0.5,
    joined: () => undefined,
    join: async () =>
      join?.() ??
      ok({
        ticket: `ticket-number-000000${++tickets}`,
        lobbyUrl: url,
        brokerUrl: '',
        relayOnly: false,
        eventTitle: 'A talk',
      }),
    listener: {
      up: (_welcome, fresh) => told.add(fresh ? 'up, fresh' : 'up, kept'),
      down: () => told.add('down'),
      failed: (attempt, why, againInMs) =>
        told.add(
          why === 'noServer'
            ? `failed ${attempt}`
            : `failed ${attempt}, ${why}, again in ${againInMs} ms`,
        ),
      stopped: (reason) => told.add(`stopped ${reason}`),
      message: ({ type }) => told.add(`message ${type}`),
    },
  });
  link.open();
  return { link, told, timers };
}
