import WebSocket from 'ws';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { CrowdRequest } from './crowd.ts';
import { enterLobby } from './enterLobby.ts';
import { heard } from './heard.ts';

/**
 * People who are connected and do nothing but send the heartbeat that the extension sends. In a
 * process of their own, so that their work is in nobody's figures.
 */
const PING = JSON.stringify({ type: 'ping' });
/** Joining at once is no part of the measurement; this many at a time do not time out anywhere. */
const AT_ONCE = 20;

async function open(request: CrowdRequest & { do: 'come' }): Promise<void> {
  const each = Math.ceil(request.people / AT_ONCE);
  const comers = Array.from({ length: AT_ONCE }, async (_, index) => {
    const mine = Math.min(each, request.people - index * each);
    for (let person = 0; person < mine; person += 1) await come(request);
  });
  await Promise.all(comers);
}

const sockets: WebSocket[] = [];

async function come({ place }: CrowdRequest & { do: 'come' }): Promise<void> {
  const socket = 'eventId' in place ? await enterLobby(place) : await openBare(place.url);
  sockets.push(socket);
  const beat = setInterval(() => socket.send(PING), LIMITS.pingIntervalMs);
  socket.on('close', () => clearInterval(beat));
}

async function openBare(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const answered = heard(socket, 'pong');
  socket.once('open', () => socket.send(PING));
  await answered;
  return socket;
}

async function closeAll(): Promise<void> {
  const closed = sockets.splice(0).map((socket) => {
    const gone = new Promise((resolve) => socket.once('close', resolve));
    socket.close(1000);
    return gone;
  });
  await Promise.all(closed);
}

process.on('message', async (request: CrowdRequest) => {
  if (request.do === 'come') await open(request);
  else await closeAll();
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
