import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { nextStepAfterClose } from '../../shared/protocol/closeCodes.ts';
import { decode } from '../../shared/protocol/decode.ts';
import { JoinAnswerSchema, type JoinAnswer } from '../../shared/protocol/http.ts';
import type { ClientMessage, ServerMessage } from '../../shared/protocol/lobby.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { anyToken } from './startServer.ts';

interface Meeting {
  readonly matchId: string;
  readonly partner: string;
}

interface RoamerParts {
  readonly name: string;
  readonly eventId: string;
  /** Where the nodes answer, as far as anybody knows. */
  readonly nodes: readonly string[];
  /** How long a meeting is left to last; ms. */
  readonly meetingMs: number;
  /** Pause before try number `attempt`, from 1; ms. */
  readonly backoffMs: (attempt: number) => number;
  /** Something above has changed. */
  readonly changed: () => void;
}

/** As docs/operation/nginx.conf has it: a node may wait for another's lease to end; ms. */
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * A person who is always ready and always comes back, by the rules of the extension: resumes a seat,
 * and asks any node where the lobby is when nobody is there.
 */
export class Roamer {
  readonly name: string;
  readonly meetings: Meeting[] = [];
  /** From each lost seat to the next one; ms. */
  readonly absences: number[] = [];
  readonly closeCodes: number[] = [];
  /** Matches that came while another one ran. */
  doubles = 0;
  seatedAt: string | null = null;
  readonly #parts: RoamerParts;
  readonly #deviceToken = anyToken();
  #asked = 0;
  #lostAt: number | null = null;
  #lobbyUrl = '';
  #resumeToken: string | null = null;
  #reachedNobody = false;
  #current: string | null = null;

  constructor(parts: RoamerParts) {
    this.name = parts.name;
    this.#parts = parts;
  }

  async live(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      if (await this.#visit(signal)) attempt = 1;
      await pause(this.#parts.backoffMs(attempt), null, { signal }).catch(() => undefined);
    }
  }

  /** Settles when the visit is over; whether there was a seat. */
  async #visit(signal: AbortSignal): Promise<boolean> {
    if (this.#resumeToken !== null && !this.#reachedNobody) {
      return this.#sit(this.#resumed(this.#resumeToken), signal);
    }
    const joined = await this.#join();
    if (joined === null) return false;
    if (this.#resumeToken !== null && joined.lobbyUrl === this.#lobbyUrl) {
      return this.#sit(this.#resumed(this.#resumeToken), signal);
    }
    this.#lobbyUrl = joined.lobbyUrl;
    const { ticket } = joined;
    return this.#sit({ type: 'hello', version: PROTOCOL_VERSION, ticket }, signal);
  }

  #resumed(resumeToken: string): ClientMessage {
    return { type: 'resume', version: PROTOCOL_VERSION, resumeToken };
  }

  /** Asks one node after another, as a proxy in front of them does. */
  async #join(): Promise<JoinAnswer | null> {
    const { nodes } = this.#parts;
    this.#asked += 1;
    for (const [place] of nodes.entries()) {
      const joined = await this.#joinAt(nodes[(this.#asked + place) % nodes.length] ?? '');
      if (joined !== null) return joined;
    }
    return null;
  }

  async #joinAt(node: string): Promise<JoinAnswer | null> {
    const { eventId, name } = this.#parts;
    try {
      const response = await fetch(`${node}/api/events/${eventId}/join`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ displayName: name, deviceToken: this.#deviceToken }),
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      const answer = decode(JoinAnswerSchema, await response.json());
      return answer.ok ? answer.value : null;
    } catch {
      return null;
    }
  }

  #sit(greeting: ClientMessage, signal: AbortSignal): Promise<boolean> {
    const origin = this.#lobbyUrl.replace(/^ws/, 'http').split('/').slice(0, 3).join('/');
    const ws = new WebSocket(this.#lobbyUrl, { origin, handshakeTimeout: ANSWER_TIMEOUT_MS });
    const say = (message: ClientMessage) => {
      if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(message));
    };
    const leave = () => ws.close(1000);
    signal.addEventListener('abort', leave, { once: true });
    ws.on('open', () => say(greeting));
    ws.on('message', (data) => this.#hear(JSON.parse(String(data)) as ServerMessage, say));
    // The close that follows says it again.
    ws.on('error', () => undefined);
    return new Promise((resolve) => {
      ws.on('close', (code) => {
        signal.removeEventListener('abort', leave);
        resolve(this.#closed(code));
      });
    });
  }

  #hear(message: ServerMessage, say: (message: ClientMessage) => void): void {
    switch (message.type) {
      case 'welcome':
        this.#welcomed(message.resumeToken);
        if (message.seat.phase === 'idle') say({ type: 'ready' });
        if ('match' in message.seat) this.#endLater(message.seat.match.matchId, say);
        break;
      case 'matched':
        this.#matched(message.match);
        this.#endLater(message.match.matchId, say);
        break;
      case 'ended':
        if (message.matchId === this.#current) this.#current = null;
        if (!message.requeued) say({ type: 'ready' });
        break;
      case 'areYouThere':
        say({ type: 'present' });
        break;
      default:
        return;
    }
    this.#parts.changed();
  }

  #welcomed(resumeToken: string): void {
    this.#resumeToken = resumeToken;
    this.#reachedNobody = false;
    this.seatedAt = this.#lobbyUrl;
    if (this.#lostAt !== null) this.absences.push(performance.now() - this.#lostAt);
    this.#lostAt = null;
  }

  #matched({ matchId, partnerName }: { matchId: string; partnerName: string }): void {
    if (this.#current !== null && this.#current !== matchId) this.doubles += 1;
    this.#current = matchId;
    this.meetings.push({ matchId, partner: partnerName });
  }

  #endLater(matchId: string, say: (message: ClientMessage) => void): void {
    setTimeout(() => {
      say({ type: 'endCall', matchId, reason: 'failed' } as ClientMessage);
    }, this.#parts.meetingMs);
  }

  #closed(code: number): boolean {
    const wasSeated = this.seatedAt !== null;
    this.seatedAt = null;
    this.#current = null;
    this.#reachedNobody = !wasSeated;
    if (wasSeated) {
      this.#lostAt = performance.now();
      this.closeCodes.push(code);
    }
    if (nextStepAfterClose(code) === 'rejoin') this.#resumeToken = null;
    this.#parts.changed();
    return wasSeated;
  }
}
