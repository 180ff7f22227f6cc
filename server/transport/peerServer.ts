import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
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
  accept(ws: WebSocket, place: { peerId: string; brokerToken: string }): void;
}

interface PeerServerParts {
  readonly server: Server;
  readonly log: Logger;
  /** Whether this frame may pass. */
  readonly allows: (from: string, frame: PeerFrame) => boolean;
}

const NO_LIMIT = 1_000_000;

/** `peer` without its HTTP routes and without its own upgrade listener. */
export function createPeerServer({ server, log, allows }: PeerServerParts): PeerServer {
  const feed = new EventEmitter();
  const options = {
    path: '/',
    key: 'peerjs',
    concurrent_limit: NO_LIMIT,
    // It reads the calendar, and a calendar that jumps would close every socket at once.
    alive_timeout: Infinity,
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
  return {
    // Of two ids in one address `peer` takes the last, so it never sees the client's own address.
    accept(ws, { peerId: id, brokerToken: token }) {
      const url = `/?${new URLSearchParams({ key: 'peerjs', id, token })}`;
      feed.emit('connection', ws, { url });
    },
  };
}

/** `peer` ignores types it does not know. */
function silence(frame: PeerFrame): void {
  frame.type = 'DROPPED';
  delete frame.dst;
  delete frame.payload;
}
