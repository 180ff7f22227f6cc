import type { Millis } from '../../shared/ids.ts';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import { CLOSE, nextStepAfterClose } from '../../shared/protocol/closeCodes.ts';
import { decodeJson } from '../../shared/protocol/decode.ts';
import type { JoinAnswer } from '../../shared/protocol/http.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import {
  ServerMessageSchema,
  type ClientMessage,
  type ServerMessage,
} from '../../shared/protocol/lobby.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Result } from '../../shared/result.ts';
import type {
  LobbyLink,
  LobbyLinkListener,
  LobbyRequest,
  Timers,
  TryFailure,
} from '../call/ports.ts';
import { backoffMs, bookedMs } from './backoff.ts';
import { MessageCount } from './messageCount.ts';
import { stopReasonOfClose, stopReasonOfJoin, tryFailureOf } from './stopReason.ts';

export interface LobbyLinkSetup {
  /** Asks the server for a ticket and the places of its sockets. */
  join(): Promise<Result<JoinAnswer, ApiFailure>>;
  /** Hears where the broker is, before the first *up* of each join. */
  joined(answer: JoinAnswer): void;
  readonly timers: Timers;
  readonly listener: LobbyLinkListener;
  /** From 0 to 1. */
  chance(): number;
}

/** The socket under a seat, or the pause until the next try. */
type Stage =
  | { readonly at: 'closed' }
  | { readonly at: 'joining' }
  | { readonly at: 'pausing' }
  | { readonly at: 'greeting'; readonly socket: WebSocket; readonly fresh: boolean }
  | { readonly at: 'up'; readonly socket: WebSocket };

const RETRY = 'lobbyRetry';
const PING = 'lobbyPing';
const SILENCE = 'lobbySilence';
const PROOF = 'lobbyProof';
/** A call is given up 25 s after its stall: so long a way back is looked for without pauses. */
const HURRIED_TRIES = 10;

/**
 * One seat over however many sockets it takes: joins, resumes, proves the path alive, and stops for
 * good only when the close code says so.
 */
export class WebSocketLobbyLink implements LobbyLink {
  readonly #setup: LobbyLinkSetup;
  #stage: Stage = { at: 'closed' };
  #lobbyUrl = '';
  #resumeToken: string | null = null;
  readonly #count = new MessageCount();
  /** Tries since the last *up*. */
  #attempt = 0;
  /** Silent tries that are still replaced at once, because a call waits for them. */
  #hurriedTries = 0;
  /** The last try to come back reached no lobby: it may live on another node by now. */
  #perhapsMoved = false;
  /** Raised by open and close: what an earlier visit started must not speak for this one. */
  #visit = 0;

  constructor(setup: LobbyLinkSetup) {
    this.#setup = setup;
  }

  open(): void {
    this.close();
    this.#connect();
  }

  send(message: LobbyRequest): void {
    const text = this.#count.say(message);
    if (this.#stage.at === 'up') this.#write(this.#stage.socket, text);
  }

  close(): void {
    this.#visit += 1;
    this.#attempt = 0;
    this.#hurriedTries = 0;
    this.#resumeToken = null;
    this.#perhapsMoved = false;
    for (const timer of [RETRY, PING, SILENCE, PROOF]) this.#setup.timers.disarm(timer);
    this.#drop(CLOSE.left);
    this.#stage = { at: 'closed' };
  }

  /** A path that was alive a moment ago answers within a round trip; a dead one is not waited for. */
  prove(): void {
    if (this.#stage.at !== 'up') return;
    this.#ping(this.#stage.socket);
    this.#setup.timers.arm(PROOF, LIMITS.proofTimeoutMs, () => {
      this.#hurriedTries = HURRIED_TRIES;
      this.#brokenInHurry();
    });
  }

  /** Does not wait for the pause to end: the network just came back, or the person asked. */
  retryNow(): void {
    if (this.#stage.at !== 'pausing') return;
    this.#setup.timers.disarm(RETRY);
    this.#connect();
  }

  #connect(): void {
    if (this.#resumeToken === null) void this.#joinAnew();
    else if (this.#perhapsMoved && this.#hurriedTries === 0) void this.#lookForSeat();
    else this.#resume(this.#resumeToken);
  }

  #resume(resumeToken: string): void {
    const { timers } = this.#setup;
    const { heard } = this.#count;
    this.#greet({ type: 'resume', version: PROTOCOL_VERSION, resumeToken, heard }, false);
    if (this.#hurriedTries === 0) {
      timers.arm(SILENCE, LIMITS.helloTimeoutMs, () => this.#broken());
      return;
    }
    this.#hurriedTries -= 1;
    timers.arm(SILENCE, LIMITS.hurriedHelloTimeoutMs, () => this.#brokenInHurry());
  }

  async #joinAnew(): Promise<void> {
    this.#stage = { at: 'joining' };
    const visit = this.#visit;
    const answer = await this.#setup.join();
    if (visit !== this.#visit) return;
    if (!answer.ok) {
      const reason = stopReasonOfJoin(answer.error);
      if (reason === null) this.#pause(tryFailureOf(answer.error), answer.error.retryAfterMs);
      else this.#stop(() => this.#setup.listener.stopped(reason));
      return;
    }
    this.#hello(answer.value);
  }

  /** Asks where the lobby is. While nobody can say, or it is where it was, the seat is not given up. */
  async #lookForSeat(): Promise<void> {
    const stage = { at: 'joining' } as const;
    this.#stage = stage;
    this.#setup.timers.arm(SILENCE, LIMITS.helloTimeoutMs, () => this.#pause());
    const answer = await this.#setup.join();
    if (this.#stage !== stage || this.#resumeToken === null) return;
    this.#setup.timers.disarm(SILENCE);
    this.#perhapsMoved = false;
    if (!answer.ok || answer.value.lobbyUrl === this.#lobbyUrl) {
      this.#resume(this.#resumeToken);
      return;
    }
    this.#resumeToken = null;
    this.#hello(answer.value);
  }

  #hello(answer: JoinAnswer): void {
    this.#lobbyUrl = answer.lobbyUrl;
    this.#setup.joined(answer);
    const { ticket } = answer;
    this.#greet({ type: 'hello', version: PROTOCOL_VERSION, ticket }, true);
    this.#setup.timers.arm(SILENCE, LIMITS.helloTimeoutMs, () => this.#broken());
  }

  #greet(greeting: ClientMessage, fresh: boolean): void {
    const socket = new WebSocket(this.#lobbyUrl);
    this.#stage = { at: 'greeting', socket, fresh };
    const mine = () => 'socket' in this.#stage && this.#stage.socket === socket;
    socket.addEventListener('open', () => {
      if (mine()) this.#write(socket, JSON.stringify(greeting));
    });
    socket.addEventListener('message', ({ data }) => {
      if (mine() && typeof data === 'string') this.#hear(data);
    });
    socket.addEventListener('close', ({ code }) => {
      if (mine()) this.#closed(code);
    });
  }

  #hear(text: string): void {
    const decoded = decodeJson(ServerMessageSchema, text);
    if (!decoded.ok) {
      this.#stop(() => this.#setup.listener.stopped('outdated'));
      return;
    }
    this.#expectSign();
    const message = decoded.value;
    this.#count.hear(message);
    if (message.type === 'welcome') this.#welcomed(message);
    else if (message.type === 'pong') this.#count.acknowledge(message.heard);
    else if (message.type !== 'replay') this.#setup.listener.message(message);
  }

  #welcomed(welcome: Extract<ServerMessage, { type: 'welcome' }>): void {
    if (this.#stage.at !== 'greeting') return;
    const { fresh, socket } = this.#stage;
    this.#stage = { at: 'up', socket };
    this.#resumeToken = welcome.resumeToken;
    this.#attempt = 0;
    this.#hurriedTries = 0;
    this.#perhapsMoved = false;
    this.#beat();
    if (fresh) this.#count.startAnew();
    else for (const text of this.#count.unheard(welcome.heard)) this.#write(socket, text);
    this.#setup.listener.up(welcome, fresh);
  }

  #beat(): void {
    this.#setup.timers.arm(PING, LIMITS.pingIntervalMs, () => {
      if (this.#stage.at !== 'up') return;
      this.#ping(this.#stage.socket);
      this.#beat();
    });
  }

  #expectSign(): void {
    this.#setup.timers.disarm(PROOF);
    this.#setup.timers.arm(SILENCE, LIMITS.pongTimeoutMs, () => this.#broken());
  }

  /** The path is dead though the socket may not know it yet. */
  #broken(): void {
    this.#drop(CLOSE.timedOut);
    this.#closed(CLOSE.timedOut);
  }

  #brokenInHurry(): void {
    this.#broken();
    this.retryNow();
  }

  #closed(code: number): void {
    const wasUp = this.#stage.at === 'up';
    this.#perhapsMoved = !wasUp;
    this.#setup.timers.disarm(PING);
    this.#setup.timers.disarm(SILENCE);
    this.#setup.timers.disarm(PROOF);
    const next = nextStepAfterClose(code);
    if (next === 'stop') {
      this.#stop(() => this.#setup.listener.stopped(stopReasonOfClose(code)));
      return;
    }
    if (next === 'rejoin') this.#resumeToken = null;
    if (wasUp) this.#setup.listener.down();
    this.#pause();
  }

  #pause(why: TryFailure = 'noServer', retryAfterMs?: Millis): void {
    this.#stage = { at: 'pausing' };
    this.#attempt += 1;
    const chance = this.#setup.chance();
    const inMs =
      retryAfterMs === undefined
        ? backoffMs(this.#attempt, chance)
        : bookedMs(retryAfterMs, chance);
    this.#setup.timers.arm(RETRY, inMs, () => this.#connect());
    this.#setup.listener.failed(this.#attempt, why, inMs);
  }

  #stop(tell: () => void): void {
    this.close();
    tell();
  }

  /** Lets a socket go; once the stage has moved on, its late events are nobody's. */
  #drop(code: number): void {
    if ('socket' in this.#stage) this.#stage.socket.close(code);
  }

  #ping(socket: WebSocket): void {
    const ping: ClientMessage = { type: 'ping', heard: this.#count.heard };
    this.#write(socket, JSON.stringify(ping));
  }

  #write(socket: WebSocket, text: string): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
  }
}
