import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { LIMITS } from '../../shared/protocol/limits.ts';

/**
 * The least work that a server of Node's can do: it refuses an attacker what Foyer refuses, and of the
 * people who come to `/people` it passes on to every second one what the one before says, and back.
 */
const REFUSED = JSON.stringify({ error: { reason: 'tooMany', message: 'Too often.' } });
const PONG = '{"type":"pong","heard":0}';
const accept = new WebSocketServer({
  noServer: true,
  maxPayload: LIMITS.lobbyFrameBytes,
  perMessageDeflate: false,
});
let alone: WebSocket | null = null;

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(429, { 'content-type': 'application/json' });
  response.end(REFUSED);
});

server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
  socket.on('error', () => socket.destroy());
  if (request.url?.startsWith('/broker')) {
    socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  accept.handleUpgrade(request, socket, head, request.url === '/people' ? pair : refuseSoon);
});

function pair(ws: WebSocket): void {
  ws.on('error', () => undefined);
  const partner = alone;
  alone = partner === null ? ws : null;
  if (partner === null) return;
  ws.on('message', (data: Buffer) => partner.send(String(data)));
  partner.on('message', (data: Buffer) => ws.send(String(data)));
}

function refuseSoon(ws: WebSocket): void {
  let frames = 0;
  ws.on('error', () => undefined);
  ws.on('message', (data) => {
    frames += 1;
    if (frames > LIMITS.lobbyFrameBurst || !String(data).startsWith('{"type":"ping"')) {
      ws.terminate();
    } else ws.send(PONG);
  });
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }));
});

process.on('SIGTERM', () => process.exit(0));
