import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { decode, decodeJson } from '../../shared/protocol/decode.ts';
import { JoinAnswerSchema } from '../../shared/protocol/http.ts';
import { ServerMessageSchema, type ServerMessage } from '../../shared/protocol/lobby.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { anyToken } from './startServer.ts';

/** As a client does, a person who finds no server tries again, each a little later than the last. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

interface Place {
  readonly url: string;
  readonly eventId: string;
}

/**
 * People who come back whatever happens to the server. The restless ones give up each call as failed,
 * which puts them into the line again, so that the lobby has no quiet moment; idle ones just stay.
 */
export class RestlessCrowd {
  /** The matches of each pair; more than one is a repeat. */
  readonly #matches = new Map<string, Set<string>>();
  readonly #here = new Set<string>();
  readonly #changed = new EventEmitter();
  readonly #people: Person[];

  constructor(place: Place, { people, idle }: { people: number; idle: boolean }) {
    this.#people = Array.from({ length: people }, (_, index) => {
      const name = `person ${String(index).padStart(4, '0')}`;
      return new Person(place, { name, idle }, (news) => this.#hear(name, news));
    });
  }

  get met(): number {
    return this.#matches.size;
  }

  /** Pairs who were told of more than one match. */
  get repeats(): readonly string[] {
    return [...this.#matches].filter(([, ids]) => ids.size > 1).map(([pair]) => pair);
  }

  /** Everybody has been welcomed, on a socket that stands. */
  allHere(): Promise<void> {
    return this.#until(() => this.#here.size === this.#people.length);
  }

  pairsMet(pairs: number): Promise<void> {
    return this.#until(() => this.#matches.size >= pairs);
  }

  leave(): void {
    for (const person of this.#people) person.leave();
  }

  async #until(isTrue: () => boolean): Promise<void> {
    const signal = AbortSignal.timeout(60_000);
    while (!isTrue()) await once(this.#changed, 'change', { signal });
  }

  #hear(name: string, news: News): void {
    if (news.type === 'here') this.#here.add(name);
    if (news.type === 'away') this.#here.delete(name);
    if (news.type === 'met') {
      const pair = [name, news.partner].toSorted().join(' and ');
      const matches = this.#matches.get(pair) ?? new Set();
      this.#matches.set(pair, matches.add(news.matchId));
    }
    this.#changed.emit('change');
  }
}

type News =
  | { readonly type: 'here' | 'away' }
  | { readonly type: 'met'; readonly partner: string; readonly matchId: string };

class Person {
  readonly #place: Place;
  readonly #name: string;
  readonly #idle: boolean;
  readonly #tell: (news: News) => void;
  readonly #deviceToken = anyToken();
  #socket: WebSocket | null = null;
  #pauseMs = FIRST_PAUSE_MS;
  #gone = false;

  constructor(
    place: Place,
    { name, idle }: { name: string; idle: boolean },
    tell: (news: News) => void,
  ) {
    this.#place = place;
    this.#name = name;
    this.#idle = idle;
    this.#tell = tell;
    void this.#come();
  }

  leave(): void {
    this.#gone = true;
    this.#socket?.terminate();
  }

  async #come(): Promise<void> {
    if (this.#gone) return;
    const joined = await this.#join();
    if (joined === null) return this.#comeLater();
    const socket = new WebSocket(joined.lobbyUrl, { origin: this.#place.url });
    this.#socket = socket;
    socket.on('open', () =>
      this.#say({ type: 'hello', version: PROTOCOL_VERSION, ticket: joined.ticket }),
    );
    socket.on('message', (data) => {
      const message = decodeJson(ServerMessageSchema, String(data));
      if (message.ok) this.#hear(message.value);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#tell({ type: 'away' });
      void this.#comeLater();
    });
  }

  async #comeLater(): Promise<void> {
    await pause(this.#pauseMs);
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 1.5);
    return this.#come();
  }

  async #join() {
    const body = JSON.stringify({ displayName: this.#name, deviceToken: this.#deviceToken });
    const headers = { 'content-type': 'application/json' };
    const url = `${this.#place.url}/api/events/${this.#place.eventId}/join`;
    try {
      const response = await fetch(url, { method: 'POST', headers, body });
      const answer = decode(JoinAnswerSchema, await response.json());
      return answer.ok ? answer.value : null;
    } catch {
      return null;
    }
  }

  #hear(message: ServerMessage): void {
    if (message.type === 'welcome') {
      this.#pauseMs = FIRST_PAUSE_MS;
      this.#tell({ type: 'here' });
      if (!this.#idle) this.#say({ type: 'ready' });
    }
    if (message.type === 'areYouThere') this.#say({ type: 'present' });
    if (message.type === 'idle' && !this.#idle) this.#say({ type: 'ready' });
    if (message.type !== 'matched') return;
    const { matchId, partnerName } = message.match;
    this.#tell({ type: 'met', partner: partnerName, matchId });
    this.#say({ type: 'endCall', matchId, reason: 'failed' });
  }

  #say(message: Record<string, unknown>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
