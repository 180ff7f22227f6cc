import type { Logger } from 'pino';
import type { RawData, WebSocket } from 'ws';
import { assertNever } from '../../shared/assertNever.ts';
import type { Millis } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { decodeJson } from '../../shared/protocol/decode.ts';
import {
  ClientMessageSchema,
  type ClientMessage,
  type ServerMessage,
} from '../../shared/protocol/lobby.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Clock } from '../ports/clock.ts';
import type { OpenSpan, Tracer } from '../ports/tracer.ts';
import type { Attachment, Connection } from '../runtime/connection.ts';
import type { LobbyRegistry } from '../runtime/lobbyRegistry.ts';
import type { ServerLimits } from '../runtime/serverLimits.ts';
import type { Seating } from '../runtime/seating.ts';
import type { Admission, Tickets } from '../runtime/tickets.ts';
import { closeFlooding } from './floodGuard.ts';
import { isDead } from './isDead.ts';
import { TokenBucket, type Rate } from '../runtime/tokenBucket.ts';

export interface LobbySocketParts {
  readonly lobbies: LobbyRegistry;
  readonly seating: Seating;
  readonly tickets: Tickets;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly tracer: Tracer;
  readonly log: Logger;
  readonly frameRate: Rate;
  readonly byteRate: Rate;
  readonly closed: (socket: LobbySocket, code: number) => void;
}

type Greeting = Extract<ClientMessage, { type: 'hello' | 'resume' }>;

type Phase =
  | { readonly at: 'greeting'; readonly cancelTimeout: () => void }
  /** The lobby is being started; what is said meanwhile waits, as much as a burst allows. */
  | { readonly at: 'opening'; readonly held: ClientMessage[] }
  | { readonly at: 'seated'; readonly seat: Attachment }
  | { readonly at: 'over' };

/** Normal closure, a closed page, and our own *left*: the client does not mean to come back. */
const FOR_GOOD: ReadonlySet<number> = new Set([1000, 1001, CLOSE.left]);

/**
 * One person's socket: decodes, limits, and passes on what it says to the lobby it is seated in. There
 * are as many as there are people, so it has few functions and objects of its own.
 */
export class LobbySocket implements Connection {
  readonly #ws: WebSocket;
  readonly #parts: LobbySocketParts;
  readonly #frames: TokenBucket;
  readonly #bytes: TokenBucket;
  /** From the open socket to the seat. */
  readonly #greeting: OpenSpan;
  #phase: Phase;
  /** Whom a ticket admitted. */
  #guest: Admission | null = null;
  #heardAt: Millis;
  #pingedAt: Millis;

  constructor(ws: WebSocket, parts: LobbySocketParts) {
    const now = parts.clock.now();
    this.#ws = ws;
    this.#parts = parts;
    this.#greeting = parts.tracer.begin('lobby greeting', {});
    this.#heardAt = now;
    this.#pingedAt = now;
    this.#frames = new TokenBucket(parts.frameRate, now);
    this.#bytes = new TokenBucket(parts.byteRate, now);
    this.#phase = { at: 'greeting', cancelTimeout: this.#limitGreeting() };
    const hear = () => void this.#hear();
    ws.on('message', (data, isBinary) => this.#receive(data, isBinary));
    ws.on('ping', hear);
    ws.on('pong', hear);
    ws.on('close', (code) => this.#closed(code));
  }

  /** Asks for a sign of life; a socket that gave none for too long is dropped, its seat kept. */
  checkAlive(now: Millis): void {
    const { socketSilenceMs, socketPingMs } = this.#parts.limits;
    const signs = { heardAt: this.#heardAt, pingedAt: this.#pingedAt };
    if (isDead(signs, socketSilenceMs, now)) return this.#ws.terminate();
    if (now - this.#pingedAt < socketPingMs || this.#ws.readyState !== this.#ws.OPEN) return;
    this.#pingedAt = now;
    this.#ws.ping();
  }

  /** What a client does not read would fill the memory; it may come back and read. */
  send(text: string): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    this.#ws.send(text);
    if (this.#ws.bufferedAmount <= this.#parts.limits.slowReaderBytes) return;
    this.close(CLOSE.slowReader);
    // The close frame is behind all that is not read.
    const { clock, limits } = this.#parts;
    const cancel = clock.after(limits.socketCloseMs, () => this.#ws.terminate());
    this.#ws.once('close', cancel);
  }

  /** The server ends it: a client that broke the rules loses its seat with the socket. */
  close(code: number): void {
    if (code === CLOSE.lobbyFull && this.#guest) this.#parts.seating.turnedAway(this.#guest);
    this.#leavePhase(code === CLOSE.malformed || code === CLOSE.flooding);
    this.#ws.close(code);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  #limitGreeting(): () => void {
    const { clock, limits } = this.#parts;
    return clock.after(limits.helloTimeoutMs, () => this.close(CLOSE.timedOut));
  }

  /** False when this was one too many. */
  #hear(): boolean {
    this.#heardAt = this.#parts.clock.now();
    if (this.#frames.take(this.#heardAt)) return true;
    this.#leavePhase(true);
    closeFlooding(this.#ws, this.#parts.frameRate.burst);
    return false;
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!this.#hear() || this.#phase.at === 'over') return;
    const text = data.toString();
    if (!this.#bytes.take(this.#heardAt, text.length)) return this.close(CLOSE.flooding);
    if (isBinary) return this.close(CLOSE.malformed);
    const message = decodeJson(ClientMessageSchema, text);
    if (message.ok) return this.#obey(message.value);
    // Whoever likes can cause this, as often as they like.
    this.#parts.log.debug({ detail: message.error.detail }, 'malformed lobby frame');
    this.close(CLOSE.malformed);
  }

  #obey(message: ClientMessage): void {
    const phase = this.#phase;
    if (message.type === 'ping') return this.#answerPing(message.heard);
    switch (phase.at) {
      case 'greeting':
        if (message.type !== 'hello' && message.type !== 'resume') break;
        phase.cancelTimeout();
        return this.#greeting.inside(() => this.#greet(message));
      case 'seated':
        if (message.type === 'hello' || message.type === 'resume') break;
        return phase.seat.said(message);
      case 'opening':
        phase.held.push(message);
        return;
      case 'over':
        return;
      default:
        return assertNever(phase);
    }
    this.close(CLOSE.malformed);
  }

  #answerPing(acknowledged: number | undefined): void {
    const phase = this.#phase;
    const heard = phase.at === 'seated' ? phase.seat.acknowledged(acknowledged) : 0;
    this.send(JSON.stringify({ type: 'pong', heard } satisfies ServerMessage));
  }

  #greet(message: Greeting): void {
    if (message.version !== PROTOCOL_VERSION) return this.close(CLOSE.versionUnsupported);
    if (message.type === 'hello') return this.#hello(message.ticket);
    const lobby = this.#parts.lobbies.ofResumeToken(message.resumeToken);
    if (!lobby) return this.close(CLOSE.sessionUnknown);
    this.#seat(lobby.resume(message, this));
  }

  #hello(ticket: string): void {
    const admission = this.#parts.tickets.redeem(ticket);
    if (!admission) return this.close(CLOSE.ticketRefused);
    const opening = { at: 'opening', held: [] as ClientMessage[] } as const;
    this.#phase = opening;
    const { lobbies, seating, log } = this.#parts;
    this.#guest = admission;
    seating.arrived(admission);
    lobbies
      .open(admission.lobby)
      .then((lobby) => {
        if (this.#phase !== opening) return;
        if (!lobby) return this.close(CLOSE.serverRestarting);
        this.#seat(lobby.join(admission, this));
        for (const message of opening.held) this.#obey(message);
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'a lobby could not be started');
        this.close(CLOSE.serverRestarting);
      });
  }

  /** The lobby may have shown this person the door already. */
  #seat(seat: Attachment): void {
    this.#greeting.end();
    if (this.#ws.readyState === this.#ws.OPEN) this.#phase = { at: 'seated', seat };
    else seat.gone(false);
  }

  #closed(code: number): void {
    this.#leavePhase(FOR_GOOD.has(code));
    this.#parts.closed(this, code);
  }

  #leavePhase(forGood: boolean): void {
    const phase = this.#phase;
    this.#phase = { at: 'over' };
    if (phase.at === 'greeting') phase.cancelTimeout();
    if (phase.at === 'seated') phase.seat.gone(forGood);
    else this.#greeting.end({}, 'not seated');
  }
}
