import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { WebSocketServer, type WebSocket } from 'ws';
import type { PeerId } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { Broker, BrokerPeers, BrokerSeat } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import type { ServerLimits } from '../runtime/serverLimits.ts';
import { createPeerServer, type PeerFrame, type PeerServer } from './peerServer.ts';
import { TokenBucket } from './tokenBucket.ts';
import { refuseUpgrade, type UpgradeHandler } from './upgradeRouter.ts';

interface BrokerParts {
  readonly server: Server;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly log: Logger;
}

/** One person's place for one match; without a partner while they wait for it. */
interface Seat extends BrokerSeat {
  partnerId: string | null;
  socket: WebSocket | null;
  /** Frames that `peer` keeps for this side until it connects. */
  framesKept: number;
}

const RELAYED: ReadonlySet<unknown> = new Set(['OFFER', 'ANSWER', 'CANDIDATE']);
/** An offer and every candidate of an honest partner; `peer` itself would keep them without end. */
const FRAMES_KEPT_MAX = 100;
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
  readonly #seats = new Map<string, Seat>();

  constructor(parts: BrokerParts) {
    this.#parts = parts;
    this.#peer = createPeerServer({
      server: parts.server,
      expireMs: parts.limits.connectTimeoutMs * 2,
      log: parts.log,
      allows: (from, frame) => this.#allows(from, frame),
    });
    this.#accept = new WebSocketServer({
      noServer: true,
      maxPayload: parts.limits.brokerFrameBytes,
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
    const seat = this.#seats.get(place.peerId) ?? {
      ...place,
      partnerId: null,
      socket: null,
      framesKept: 0,
    };
    this.#seats.set(place.peerId, seat);
    return seat;
  }

  closeAll(): void {
    for (const seat of this.#seats.values()) seat.socket?.close(GOING_AWAY);
  }

  terminateAll(): void {
    for (const seat of this.#seats.values()) seat.socket?.terminate();
  }

  readonly upgrade: UpgradeHandler = (request, socket, head, url) => {
    const seat = this.#seatFor(url.searchParams);
    if (!seat) return refuseUpgrade(socket, 401);
    this.#takeOver(request, socket, head, seat);
  };

  #takeOver(request: IncomingMessage, socket: Duplex, head: Buffer, seat: Seat): void {
    this.#accept.handleUpgrade(request, socket, head, (ws) => {
      this.#limit(ws);
      this.#sit(ws, request, seat).catch((error: unknown) => {
        this.#parts.log.warn({ err: error }, 'a broker socket could not be seated');
        ws.terminate();
      });
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
    const rate = { burst: limits.brokerFrameBurst, perSecond: limits.brokerFramesPerSecond };
    const bucket = new TokenBucket(rate, clock.now());
    ws.on('error', (error) => log.debug({ err: error }, 'broker socket error'));
    ws.on('message', () => {
      if (!bucket.take(clock.now())) ws.close(CLOSE.flooding);
    });
  }

  /** `peer` says OPEN only to an id it does not hold: on a reconnect the old socket goes first. */
  async #sit(ws: WebSocket, request: IncomingMessage, seat: Seat): Promise<void> {
    const before = seat.socket;
    seat.socket = ws;
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
    seat.framesKept = 0;
    this.#peer.accept(ws, request);
  }

  #allows(from: string, frame: PeerFrame): boolean {
    if (frame.type === 'HEARTBEAT') return true;
    const seat = this.#seats.get(from);
    if (seat === undefined || seat.partnerId === null) return false;
    if (!RELAYED.has(frame.type) || frame.dst !== seat.partnerId) return false;
    const partner = this.#seats.get(seat.partnerId);
    if (!partner) return false;
    if (partner.socket === null) partner.framesKept += 1;
    return partner.framesKept <= FRAMES_KEPT_MAX;
  }
}
