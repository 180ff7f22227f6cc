import { WebSocketServer, type WebSocket } from 'ws';

/** The least a broker can be: bytes from one of two to the other, unread. */
const sockets = new Map<string, WebSocket>();
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('connection', (socket, request) => {
  const query = new URL(request.url ?? '', 'http://host').searchParams;
  const [id, to] = [query.get('id') ?? '', query.get('to') ?? ''];
  sockets.set(id, socket);
  socket.send(JSON.stringify({ type: 'OPEN' }));
  socket.on('message', (data, isBinary) => sockets.get(to)?.send(data, { binary: isBinary }));
  socket.on('close', () => sockets.delete(id));
});

server.on('listening', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${address.port}` }));
});

process.on('SIGTERM', () => process.exit(0));
