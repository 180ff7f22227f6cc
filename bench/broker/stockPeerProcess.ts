import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { PeerServer } from 'peer';

/** `peer` as its own documentation starts it; only the number of people is raised, and who is silent for a turn is kept. */
const options = {
  host: '127.0.0.1',
  port: 0,
  path: '/broker',
  concurrent_limit: 1_000_000,
  alive_timeout: 1_000_000_000,
};

PeerServer(options, (server) => {
  const { port } = (server as Server).address() as AddressInfo;
  console.log(JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` }));
}).on('error', () => undefined);

process.on('SIGTERM', () => process.exit(0));
