import { EventEmitter } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Logger } from 'pino';
import { ExpressPeerServer } from 'peer';
import type { WebSocket, WebSocketServer } from 'ws';

/** What `peer` is about to route; it routes this very object. */
export interface PeerFrame {
  type: unknown;
  dst?: unknown;
  payload?: unknown;
}

export interface PeerServer {
  /** Hands `peer` a socket whose id and token are checked already. */
  accept(ws: WebSocket, request: IncomingMessage): void;
}

interface PeerServerParts {
  readonly server: Server;
  /** `peer` tells a caller that the callee is unreachable after this long; the lobby is to be first. */
  readonly expireMs: number;
  readonly log: Logger;
  /** Whether this frame may pass. */
  readonly allows: (from: string, frame: PeerFrame) => boolean;
}

const NO_LIMIT = 1_000_000;

/** `peer` without its HTTP routes and without its own upgrade listener. */
export function createPeerServer({ server, expireMs, log, allows }: PeerServerParts): PeerServer {
  const feed = new EventEmitter();
  const options = {
    path: '/',
    key: 'peerjs',
    expire_timeout: expireMs,
    concurrent_limit: NO_LIMIT,
    // `peer` only listens on what it gets for connections and errors.
    createWebSocketServer: () => feed as WebSocketServer,
  };
  const peer = ExpressPeerServer(server, options);
  // Without a listener one frame that is no JSON would end the process.
  peer.on('error', (error) => log.debug({ err: error }, 'broker frame refused'));
  peer.on('message', (client, message) => {
    const frame = message as PeerFrame;
    if (!allows(client.getId(), frame)) silence(frame);
  });
  // It starts when an express application mounts it; another one of its kind will do.
  ExpressPeerServer(server, options).use(peer);
  return { accept: (ws, request) => void feed.emit('connection', ws, request) };
}

/** `peer` ignores types it does not know. */
function silence(frame: PeerFrame): void {
  frame.type = 'DROPPED';
  delete frame.dst;
  delete frame.payload;
}
