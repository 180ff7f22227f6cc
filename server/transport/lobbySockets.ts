import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { LobbySocket, type LobbySocketParts } from './lobbySocket.ts';
import { LOOKS_PER_PING } from './livenessWatch.ts';
import { lookInTurn } from './lookInTurn.ts';
import type { UpgradeHandler } from './upgradeRouter.ts';

type GivenParts = Omit<LobbySocketParts, 'frameRate' | 'byteRate' | 'closed'>;

interface SocketsParts extends GivenParts {
  readonly telemetry: Telemetry;
}

/** All lobby sockets of this server: accepts them, watches that they live, closes them at the end. */
export class LobbySockets {
  readonly #parts: SocketsParts;
  readonly #shared: LobbySocketParts;
  readonly #accept: WebSocketServer;
  readonly #open = new Set<LobbySocket>();

  constructor(parts: SocketsParts, signal: AbortSignal) {
    this.#parts = parts;
    const { limits } = parts;
    this.#shared = {
      ...parts,
      frameRate: { burst: limits.lobbyFrameBurst, perSecond: limits.lobbyFramesPerSecond },
      byteRate: { burst: limits.lobbyByteBurst, perSecond: limits.lobbyBytesPerSecond },
      closed: this.#closed,
    };
    this.#accept = new WebSocketServer({
      noServer: true,
      maxPayload: limits.lobbyFrameBytes,
      perMessageDeflate: false,
      clientTracking: false,
      maxFragments: limits.fragmentsPerMessage,
    });
    const look = (socket: LobbySocket) => socket.checkAlive(parts.clock.now());
    const everyMs = limits.socketPingMs / LOOKS_PER_PING;
    lookInTurn({ all: () => this.#open, everyMs, look, signal });
  }

  readonly upgrade: UpgradeHandler = (request, socket, head, _url, meter) => {
    this.#accept.handleUpgrade(request, socket, head, (ws) => {
      meter?.(ws);
      this.#opened(ws);
    });
  };

  /** Seated or not, everybody is told to come back later. */
  closeAll(): void {
    for (const socket of this.#open) socket.close(CLOSE.serverRestarting);
  }

  terminateAll(): void {
    for (const socket of this.#open) socket.terminate();
  }

  #opened(ws: WebSocket): void {
    ws.on('error', this.#failed);
    this.#open.add(new LobbySocket(ws, this.#shared));
    this.#parts.telemetry.note({ type: 'socketOpened', kind: 'lobby' });
  }

  readonly #closed = (socket: LobbySocket, code: number): void => {
    this.#open.delete(socket);
    this.#parts.telemetry.note({ type: 'socketClosed', kind: 'lobby', code });
  };

  /** What went wrong is told again by the close that follows. */
  readonly #failed = (error: Error): void => {
    this.#parts.log.debug({ err: error }, 'lobby socket error');
  };
}
