import { WebSocketServer, type WebSocket } from 'ws';

/**
 * The least a signalling server can be: two sockets in a room; when both have said *ready*, both get
 * *matched* with their role; every other message goes to the other one as it came.
 * `node relayProcess.ts [ADDRESS]`
 */
interface Room {
  readonly sockets: WebSocket[];
  readonly ready: Set<WebSocket>;
}

const rooms = new Map<string, Room>();
const host = process.argv[2] ?? '127.0.0.1';
const server = new WebSocketServer({ host, port: 0 });

server.on('connection', (socket, request) => {
  const name = request.url ?? '/';
  const room = rooms.get(name) ?? { sockets: [], ready: new Set() };
  rooms.set(name, room);
  room.sockets.push(socket);
  socket.on('message', (data) => {
    const text = String(data);
    if (text !== '{"type":"ready"}') {
      for (const other of room.sockets) if (other !== socket) other.send(text);
      return;
    }
    room.ready.add(socket);
    if (room.ready.size < 2) return;
    room.ready.clear();
    room.sockets.forEach((each, index) =>
      each.send(JSON.stringify({ type: 'matched', role: index === 0 ? 'caller' : 'callee' })),
    );
  });
  socket.on('close', () => {
    room.sockets.splice(room.sockets.indexOf(socket), 1);
    room.ready.delete(socket);
  });
});

server.on('listening', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.');
  console.log(JSON.stringify({ msg: 'listening', url: `ws://${host}:${address.port}` }));
});

process.on('SIGTERM', () => process.exit(0));
