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
import type { Tickets } from '../runtime/tickets.ts';
import { guardFlood } from './floodGuard.ts';
import { TokenBucket } from './tokenBucket.ts';

export interface LobbySocketParts {
  readonly lobbies: LobbyRegistry;
  readonly tickets: Tickets;
  readonly clock: Clock;
  readonly limits: ServerLimits;
  readonly tracer: Tracer;
  readonly log: Logger;
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

/** One person's socket: decodes, limits, and passes on what it says to the lobby it is seated in. */
export class LobbySocket {
  readonly #ws: WebSocket;
  readonly #parts: LobbySocketParts;
  readonly #bytes: TokenBucket;
  /** From the open socket to the seat. */
  readonly #greeting: OpenSpan;
  #phase: Phase;
  #heardAt: Millis;
  #pingedAt: Millis;

  constructor(ws: WebSocket, parts: LobbySocketParts) {
    const { clock, limits } = parts;
    this.#ws = ws;
    this.#parts = parts;
    this.#greeting = parts.tracer.begin('lobby greeting', {});
    this.#heardAt = clock.now();
    this.#pingedAt = clock.now();
    const bytes = { burst: limits.lobbyByteBurst, perSecond: limits.lobbyBytesPerSecond };
    this.#bytes = new TokenBucket(bytes, clock.now());
    const cancelTimeout = clock.after(limits.helloTimeoutMs, () => this.#end(CLOSE.timedOut));
    this.#phase = { at: 'greeting', cancelTimeout };
    guardFlood(ws, {
      clock,
      burst: limits.lobbyFrameBurst,
      perSecond: limits.lobbyFramesPerSecond,
      onFlood: () => this.#leavePhase(true),
    });
    ws.on('message', (data, isBinary) => this.#receive(data, isBinary));
    ws.on('pong', () => this.#hear());
    ws.on('close', (code) => this.#closed(code));
    // What went wrong is told again by the close that follows.
    ws.on('error', (error) => parts.log.debug({ err: error }, 'lobby socket error'));
  }

  /** Asks for a sign of life; a socket that gave none for too long is dropped, its seat kept. */
  checkAlive(now: Millis): void {
    const { socketSilenceMs, socketPingMs } = this.#parts.limits;
    if (now - this.#heardAt >= socketSilenceMs) return this.#ws.terminate();
    if (now - this.#pingedAt < socketPingMs || this.#ws.readyState !== this.#ws.OPEN) return;
    this.#pingedAt = now;
    this.#ws.ping();
  }

  close(code: number): void {
    this.#end(code);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  #hear(): void {
    this.#heardAt = this.#parts.clock.now();
  }

  #receive(data: RawData, isBinary: boolean): void {
    this.#hear();
    if (this.#phase.at === 'over') return;
    const text = data.toString();
    if (!this.#bytes.take(this.#heardAt, text.length)) return this.#end(CLOSE.flooding);
    if (isBinary) return this.#end(CLOSE.malformed);
    const message = decodeJson(ClientMessageSchema, text);
    if (message.ok) return this.#obey(message.value);
    // Whoever likes can cause this, as often as they like.
    this.#parts.log.debug({ detail: message.error.detail }, 'malformed lobby frame');
    this.#end(CLOSE.malformed);
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
    this.#end(CLOSE.malformed);
  }

  #answerPing(acknowledged: number | undefined): void {
    const phase = this.#phase;
    const heard = phase.at === 'seated' ? phase.seat.acknowledged(acknowledged) : 0;
    this.#say(JSON.stringify({ type: 'pong', heard } satisfies ServerMessage));
  }

  #greet(message: Greeting): void {
    if (message.version !== PROTOCOL_VERSION) return this.#end(CLOSE.versionUnsupported);
    if (message.type === 'hello') return this.#hello(message.ticket);
    const lobby = this.#parts.lobbies.ofResumeToken(message.resumeToken);
    if (!lobby) return this.#end(CLOSE.sessionUnknown);
    this.#seat(lobby.resume(message, this.#connection()));
  }

  #hello(ticket: string): void {
    const admission = this.#parts.tickets.redeem(ticket);
    if (!admission) return this.#end(CLOSE.ticketRefused);
    const opening = { at: 'opening', held: [] as ClientMessage[] } as const;
    this.#phase = opening;
    const { lobbies, log } = this.#parts;
    lobbies
      .open(admission.eventId)
      .then((lobby) => {
        if (this.#phase !== opening) return;
        if (!lobby) return this.#end(CLOSE.serverRestarting);
        this.#seat(lobby.join(admission, this.#connection()));
        for (const message of opening.held) this.#obey(message);
      })
      .catch((error: unknown) => {
        log.error({ err: error }, 'a lobby could not be started');
        this.#end(CLOSE.serverRestarting);
      });
  }

  /** The lobby may have shown this person the door already. */
  #seat(seat: Attachment): void {
    this.#greeting.end();
    if (this.#ws.readyState === this.#ws.OPEN) this.#phase = { at: 'seated', seat };
    else seat.gone(false);
  }

  #connection(): Connection {
    return {
      send: (text) => this.#say(text),
      close: (code) => this.#end(code),
    };
  }

  /** What a client does not read would fill the memory; it may come back and read. */
  #say(text: string): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    this.#ws.send(text);
    if (this.#ws.bufferedAmount <= this.#parts.limits.slowReaderBytes) return;
    this.#end(CLOSE.slowReader);
    // The close frame is behind all that is not read.
    const { clock, limits } = this.#parts;
    const cancel = clock.after(limits.socketCloseMs, () => this.#ws.terminate());
    this.#ws.once('close', cancel);
  }

  /** The server ends it: a client that broke the rules loses its seat with the socket. */
  #end(code: number): void {
    this.#leavePhase(code === CLOSE.malformed || code === CLOSE.flooding);
    this.#ws.close(code);
  }

  #closed(code: number): void {
    this.#leavePhase(FOR_GOOD.has(code));
  }

  #leavePhase(forGood: boolean): void {
    const phase = this.#phase;
    this.#phase = { at: 'over' };
    if (phase.at === 'greeting') phase.cancelTimeout();
    if (phase.at === 'seated') phase.seat.gone(forGood);
    else this.#greeting.end({}, 'not seated');
  }
}
