import WebSocket from 'ws';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { isNumbered } from '../../shared/protocol/numbered.ts';
import type { ServerMessage } from '../../shared/protocol/lobby.ts';
import type { CrowdRequest } from './crowd.ts';
import { enterLobby } from './enterLobby.ts';
import { hallAddress } from './hallAddress.ts';
import { heard } from './heard.ts';

/**
 * People who are connected and do nothing but send the heartbeat that the extension sends, with how
 * much they have heard. In a process of their own, so that their work is in nobody's figures.
 */
const GROUP = Number(process.argv[2]);
/** Joining at once is no part of the measurement; this many at a time do not time out anywhere. */
const AT_ONCE = 20;

const sockets = new Set<WebSocket>();
let came = 0;

async function open(request: CrowdRequest & { do: 'come' }): Promise<void> {
  const until = came + request.people;
  const comers = Array.from({ length: AT_ONCE }, async () => {
    while (came < until) await come(request, came++);
  });
  await Promise.all(comers);
}

async function come({ place }: CrowdRequest & { do: 'come' }, person: number): Promise<void> {
  const from = hallAddress(GROUP, person);
  const isLobby = 'eventId' in place;
  const socket = isLobby ? await enterLobby(place, from) : await openBare(place.url, from);
  sockets.add(socket);
  beat(socket);
}

/** A bare server gets the very same. */
function beat(socket: WebSocket): void {
  let count = 0;
  socket.on('message', (data) => {
    if (isNumbered(JSON.parse(String(data)) as ServerMessage)) count += 1;
  });
  const timer = setInterval(() => {
    socket.send(JSON.stringify({ type: 'ping', heard: count }));
  }, LIMITS.pingIntervalMs);
  socket.on('close', (code) => {
    clearInterval(timer);
    // A crowd that is smaller than it says would make everything look cheap.
    if (sockets.has(socket)) throw new Error(`The server sent somebody away (${code}).`);
  });
}

async function openBare(url: string, localAddress: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false, localAddress });
  const answered = heard(socket, 'pong');
  socket.once('open', () => socket.send(JSON.stringify({ type: 'ping', heard: 0 })));
  await answered;
  return socket;
}

async function closeAll(): Promise<void> {
  const leaving = [...sockets];
  sockets.clear();
  const closed = leaving.map((socket) => {
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
