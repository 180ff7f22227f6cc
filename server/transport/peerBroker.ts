import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import type { PeerId } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { Broker, BrokerPeers, BrokerSeat } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { ServerLimits } from '../runtime/serverLimits.ts';
import { Seat } from './brokerSeat.ts';
import { countSocket } from './countSocket.ts';
import { guardFlood } from './floodGuard.ts';
import { isShallow } from './isShallow.ts';
import { LivenessWatch } from './livenessWatch.ts';
import { createPeerServer, type PeerFrame, type PeerServer } from './peerServer.ts';
import { refuseUpgrade, type UpgradeHandler } from './upgradeRouter.ts';

interface BrokerParts {
  readonly server: Server;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly telemetry: Telemetry;
  readonly log: Logger;
  /** Aborted when the server begins to stop. */
  readonly signal: AbortSignal;
}

const RELAYED: ReadonlySet<unknown> = new Set(['OFFER', 'ANSWER', 'CANDIDATE']);
/**
 * Honest payloads have three levels. One as deep as a frame is long cannot be written again, and
 * `peer` then closes the socket of the one it was for.
 */
const DEEPEST = 8;
const OPEN = 1;
/** The server goes away (RFC 6455, section 7.4.1); PeerJS reconnects by itself. */
const GOING_AWAY = 1001;

/**
 * The PeerJS broker: `peer`, behind seats that the lobby opens for one match and closes with it.
 * A frame passes only from one of the two to the other.
 */
export class PeerBroker implements Broker {
  readonly #parts: BrokerParts;
  readonly #peer: PeerServer;
  readonly #accept: WebSocketServer;
  readonly #alive: LivenessWatch;
  readonly #seats = new Map<string, Seat>();

  constructor(parts: BrokerParts) {
    const { server, clock, limits, log, signal } = parts;
    this.#parts = parts;
    this.#peer = createPeerServer({
      server,
      log,
      allows: (from, frame) => this.#allows(from, frame),
    });
    const { socketPingMs: pingMs, socketSilenceMs: silenceMs } = limits;
    this.#alive = new LivenessWatch({ clock, pingMs, silenceMs, signal });
    this.#accept = new WebSocketServer({
      noServer: true,
      maxPayload: limits.brokerFrameBytes,
      maxFragments: limits.fragmentsPerMessage,
      perMessageDeflate: false,
      clientTracking: false,
    });
  }

  openSeat(place: BrokerSeat): void {
    this.#seat(place);
  }

  open([one, other]: BrokerPeers): void {
    this.#seat(one).partnerId = other.peerId;
    this.#seat(other).partnerId = one.peerId;
  }

  close(peers: readonly PeerId[]): void {
    for (const peerId of peers) {
      const seat = this.#seats.get(peerId);
      this.#seats.delete(peerId);
      seat?.socket?.close(CLOSE.matchOver);
    }
  }

  #seat(place: BrokerSeat): Seat {
    const { brokerBacklogBytes } = this.#parts.limits;
    const seat = this.#seats.get(place.peerId) ?? new Seat(place, brokerBacklogBytes);
    this.#seats.set(place.peerId, seat);
    return seat;
  }

  closeAll(): void {
    for (const seat of this.#seats.values()) seat.socket?.close(GOING_AWAY);
  }

  terminateAll(): void {
    for (const seat of this.#seats.values()) seat.socket?.terminate();
  }

  readonly upgrade: UpgradeHandler = (request, socket, head, url, meter) => {
    const seat = this.#seatFor(url.searchParams);
    if (!seat) return this.#refuse(socket);
    this.#accept.handleUpgrade(request, socket, head, (ws) => {
      meter?.(ws);
      this.#takeIn(ws, socket, seat);
    });
  };

  #refuse(socket: Duplex): void {
    this.#parts.telemetry.note({ type: 'upgradeRefused', status: 401 });
    refuseUpgrade(socket, 401);
  }

  #takeIn(ws: WebSocket, socket: Duplex, seat: Seat): void {
    this.#limit(ws);
    countSocket(ws, 'broker', this.#parts.telemetry);
    this.#sit(ws, socket, seat).catch((error: unknown) => {
      this.#parts.log.warn({ err: error }, 'a broker socket could not be seated');
      ws.terminate();
    });
  }

  #seatFor(query: URLSearchParams): Seat | null {
    const seat = this.#seats.get(query.get('id') ?? '');
    if (!seat || query.get('key') !== 'peerjs') return null;
    const given = Buffer.from(query.get('token') ?? '');
    const right = Buffer.from(seat.brokerToken);
    return given.length === right.length && timingSafeEqual(given, right) ? seat : null;
  }

  #limit(ws: WebSocket): void {
    const { clock, limits, log } = this.#parts;
    ws.on('error', (error) => log.debug({ err: error }, 'broker socket error'));
    this.#alive.add(ws);
    const { brokerFrameBurst: burst, brokerFramesPerSecond: perSecond } = limits;
    guardFlood(ws, clock, { burst, perSecond });
  }

  /** `peer` says OPEN only to an id it does not hold: on a reconnect the old socket goes first. */
  async #sit(ws: WebSocket, line: Duplex, seat: Seat): Promise<void> {
    const before = seat.socket;
    seat.socket = ws;
    seat.line = line;
    ws.on('close', () => {
      if (seat.socket === ws) seat.socket = null;
    });
    if (before && before.readyState !== before.CLOSED) {
      ws.pause();
      const gone = once(before, 'close');
      before.terminate();
      await gone;
      ws.resume();
    }
    if (this.#seats.get(seat.peerId) !== seat) return ws.close(CLOSE.matchOver);
    if (seat.socket !== ws || ws.readyState !== ws.OPEN) return ws.terminate();
    this.#peer.accept(ws, seat);
    for (const text of seat.takeKept()) ws.send(text);
  }

  #allows(from: string, frame: PeerFrame): boolean {
    if (frame.type === 'HEARTBEAT') return true;
    const seat = this.#seats.get(from);
    if (!seat?.partnerId || seat.socket?.readyState !== OPEN) return false;
    if (!RELAYED.has(frame.type) || frame.dst !== seat.partnerId) return false;
    if (!isShallow(frame.payload, DEEPEST)) return false;
    const partner = this.#seats.get(seat.partnerId);
    if (!partner) return false;
    if (partner.socket?.readyState === OPEN) return this.#reads(partner);
    const { type, dst, payload } = frame;
    partner.keep(JSON.stringify({ type, src: from, dst, payload }));
    return false;
  }

  #reads(partner: Seat): boolean {
    if (partner.isStuck) {
      partner.socket?.terminate();
      return false;
    }
    partner.gather();
    return true;
  }
}
