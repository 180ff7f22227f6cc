import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { LIMITS } from '../../shared/protocol/limits.ts';

/**
 * Refuses an attacker what Foyer refuses, with the least work a server can do, and serves nobody: what
 * the attacker's own process and the machine's network cost the others is the same as at Foyer.
 */
const REFUSED = JSON.stringify({ error: { reason: 'tooMany', message: 'Too often.' } });
const PONG = '{"type":"pong","heard":0}';
const accept = new WebSocketServer({
  noServer: true,
  maxPayload: LIMITS.lobbyFrameBytes,
  perMessageDeflate: false,
});

const server = createServer((request, response) => {
  request.resume();
  response.writeHead(429, { 'content-type': 'application/json' });
  response.end(REFUSED);
});

server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => socket.destroy());
  if (request.url?.startsWith('/broker')) {
    socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  accept.handleUpgrade(request, socket, head, (ws) => {
    let frames = 0;
    ws.on('error', () => undefined);
    ws.on('message', (data) => {
      frames += 1;
      if (frames > LIMITS.lobbyFrameBurst || !String(data).startsWith('{"type":"ping"')) {
        ws.terminate();
      } else ws.send(PONG);
    });
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }));
});

process.on('SIGTERM', () => process.exit(0));
