import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { BrokerSeat } from '../ports/broker.ts';

/** An offer and every candidate of an honest partner. */
const FRAMES_KEPT_MAX = 100;

/**
 * One person's place for one match; without a partner while they wait for it. It keeps what the
 * partner said before its owner was there: `peer` would keep it too, without end, and would give
 * it up whenever the machine's calendar jumps.
 */
export class Seat {
  readonly peerId: string;
  readonly brokerToken: string;
  readonly #backlogBytes: number;
  partnerId: string | null = null;
  socket: WebSocket | null = null;
  /** What the socket writes on. */
  line: Duplex | null = null;
  #kept: string[] = [];
  #keptBytes = 0;

  constructor({ peerId, brokerToken }: BrokerSeat, backlogBytes: number) {
    this.peerId = peerId;
    this.brokerToken = brokerToken;
    this.#backlogBytes = backlogBytes;
  }

  /** What is too much is dropped. */
  keep(text: string): void {
    if (this.#kept.length === FRAMES_KEPT_MAX) return;
    if (this.#keptBytes + text.length > this.#backlogBytes) return;
    this.#kept.push(text);
    this.#keptBytes += text.length;
  }

  /** In the order in which it was kept; it is kept no longer. */
  takeKept(): readonly string[] {
    const kept = this.#kept;
    this.#kept = [];
    this.#keptBytes = 0;
    return kept;
  }

  /** All that one packet brings for the owner leaves in one packet: system calls cost the most here. */
  gather(): void {
    const { line } = this;
    if (line === null || line.writableCorked > 0) return;
    line.cork();
    process.nextTick(() => line.uncork());
  }

  /** Its owner takes nothing off the line: everything more would stay in this server's memory. */
  get isStuck(): boolean {
    return this.socket !== null && this.socket.bufferedAmount > this.#backlogBytes;
  }
}
