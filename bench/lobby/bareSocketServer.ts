import { WebSocketServer } from 'ws';

/** The least a socket server can be: it answers each ping, as Foyer's lobby does, and keeps nothing. */
const PONG = JSON.stringify({ type: 'pong' });
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('connection', (socket) => {
  socket.on('message', () => socket.send(PONG));
});

server.on('listening', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  console.log(JSON.stringify({ msg: 'listening', url: `ws://127.0.0.1:${address.port}` }));
});

process.on('SIGTERM', () => process.exit(0));
