import { WebSocketServer } from 'ws';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { countSocket } from './countSocket.ts';
import { LobbySocket, type LobbySocketParts } from './lobbySocket.ts';
import type { UpgradeHandler } from './upgradeRouter.ts';

interface SocketsParts extends LobbySocketParts {
  readonly telemetry: Telemetry;
}

/** A dead socket is found so much sooner than at the next ping. */
const LOOKS_PER_PING = 4;

/** All lobby sockets of this server: accepts them, watches that they live, closes them at the end. */
export class LobbySockets {
  readonly #parts: SocketsParts;
  readonly #accept: WebSocketServer;
  readonly #open = new Set<LobbySocket>();

  constructor(parts: SocketsParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#accept = new WebSocketServer({
      noServer: true,
      maxPayload: parts.limits.lobbyFrameBytes,
      perMessageDeflate: false,
      clientTracking: false,
      maxFragments: parts.limits.fragmentsPerMessage,
    });
    const watch = setInterval(() => this.#checkAlive(), parts.limits.socketPingMs / LOOKS_PER_PING);
    signal.addEventListener('abort', () => clearInterval(watch), { once: true });
  }

  readonly upgrade: UpgradeHandler = (request, socket, head) => {
    this.#accept.handleUpgrade(request, socket, head, (ws) => {
      const lobbySocket = new LobbySocket(ws, this.#parts);
      this.#open.add(lobbySocket);
      countSocket(ws, 'lobby', this.#parts.telemetry);
      ws.on('close', () => this.#open.delete(lobbySocket));
    });
  };

  /** Seated or not, everybody is told to come back later. */
  closeAll(): void {
    for (const socket of this.#open) socket.close(CLOSE.serverRestarting);
  }

  terminateAll(): void {
    for (const socket of this.#open) socket.terminate();
  }

  #checkAlive(): void {
    const now = this.#parts.clock.now();
    for (const socket of this.#open) socket.checkAlive(now);
  }
}
