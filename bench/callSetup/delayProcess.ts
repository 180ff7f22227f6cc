import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A server that seems far away: bytes arrive a fixed time later, in both directions, and a connection
 * takes the round trip that its handshake would. `node delayProcess.ts PORT ONE_WAY_MS`
 */
const targetPort = Number(process.argv[2]);
const oneWayMs = Number(process.argv[3]);

const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
  const far = connect({ port: targetPort, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
  const handshakeMs = 2 * oneWayMs;
  const openFrom = performance.now() + handshakeMs;
  forward(near, far, () => oneWayMs + Math.max(0, openFrom - performance.now()));
  forward(far, near, () => oneWayMs);
});

function forward(from: Socket, to: Socket, delayMs: () => number): void {
  const due: (() => void)[] = [];
  // Whichever timer is first does what is first: timers may overtake each other, bytes must not.
  const later = (act: () => void) => {
    due.push(act);
    setTimeout(() => due.shift()?.(), delayMs());
  };
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => later(() => to.destroy()));
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }));
});

process.on('SIGTERM', () => process.exit(0));
