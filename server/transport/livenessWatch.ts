import type { WebSocket } from 'ws';
import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { isDead, type Signs } from './isDead.ts';
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
export const LOOKS_PER_PING = 5;

/** Drops sockets whose machine or network is gone: TCP alone would notice after many minutes. */
export class LivenessWatch {
  readonly #rules: WatchRules;
  readonly #signs = new Map<WebSocket, Signs>();

  constructor(rules: WatchRules) {
    this.#rules = rules;
    const { pingMs, signal } = rules;
    const all = () => this.#signs.keys();
    lookInTurn({ all, everyMs: pingMs / LOOKS_PER_PING, look: this.#look, signal });
  }

  add(ws: WebSocket): void {
    const now = this.#rules.clock.now();
    const signs: Signs = { heardAt: now, pingedAt: now };
    const hear = () => void (signs.heardAt = this.#rules.clock.now());
    this.#signs.set(ws, signs);
    ws.on('message', hear);
    ws.on('pong', hear);
    ws.on('close', () => this.#signs.delete(ws));
  }

  readonly #look = (ws: WebSocket): void => {
    const { clock, silenceMs, pingMs } = this.#rules;
    const now = clock.now();
    const signs = this.#signs.get(ws);
    if (signs === undefined) return;
    if (isDead(signs, silenceMs, now)) return ws.terminate();
    if (now - signs.heardAt < pingMs || ws.readyState !== ws.OPEN) return;
    signs.pingedAt = now;
    ws.ping();
  };
}
