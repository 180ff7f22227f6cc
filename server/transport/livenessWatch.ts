import type { WebSocket } from 'ws';
import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { lookInTurn } from './lookInTurn.ts';

interface WatchRules {
  readonly clock: Clock;
  /** Who says nothing for so long is asked for a sign of life. */
  readonly pingMs: Millis;
  /** A socket that has been silent this long is dropped. */
  readonly silenceMs: Millis;
  readonly signal: AbortSignal;
}

/** A dead socket is found so much sooner than at the next ping. */
const LOOKS_PER_PING = 4;

/** Drops sockets whose machine or network is gone: TCP alone would notice after many minutes. */
export class LivenessWatch {
  readonly #rules: WatchRules;
  readonly #heardAt = new Map<WebSocket, Millis>();

  constructor(rules: WatchRules) {
    this.#rules = rules;
    const { pingMs, signal } = rules;
    const all = () => this.#heardAt.keys();
    lookInTurn({ all, everyMs: pingMs / LOOKS_PER_PING, look: this.#look, signal });
  }

  add(ws: WebSocket): void {
    const hear = () => this.#heardAt.set(ws, this.#rules.clock.now());
    hear();
    ws.on('message', hear);
    ws.on('pong', hear);
    ws.on('close', () => this.#heardAt.delete(ws));
  }

  readonly #look = (ws: WebSocket): void => {
    const { clock, silenceMs, pingMs } = this.#rules;
    const silentMs = clock.now() - (this.#heardAt.get(ws) ?? clock.now());
    if (silentMs >= silenceMs) ws.terminate();
    else if (silentMs >= pingMs && ws.readyState === ws.OPEN) ws.ping();
  };
}
