import type { WebSocket } from 'ws';
import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { closeFlooding } from './floodGuard.ts';
import { fillMs, TokenBucket, type Rate } from '../runtime/tokenBucket.ts';

interface MeterRules {
  readonly clock: Pick<Clock, 'now'>;
  readonly frames: Rate;
  readonly bytes: Rate;
}

interface Account {
  readonly frames: TokenBucket;
  readonly bytes: TokenBucket;
  sockets: number;
  lastAt: Millis;
}

/** Watches one socket on its address's account. */
export type WatchSocket = (ws: WebSocket) => void;

/** After it is closed; a socket of its own would be cut off after its own burst. */
const LATE_FRAMES_MAX = 40;

/**
 * What all sockets of one network address say together, each of them within its own limits. Who says
 * more is closed with _flooding_, one socket after the other as they speak.
 */
export class AddressMeter {
  readonly #rules: MeterRules;
  readonly #accounts = new Map<string, Account>();
  #lookedThroughAt: Millis;

  constructor(rules: MeterRules) {
    this.#rules = rules;
    this.#lookedThroughAt = rules.clock.now();
  }

  /** For one socket of this address. */
  of(address: string): WatchSocket {
    return (ws) => {
      const account = this.#accountOf(address);
      account.sockets += 1;
      ws.once('close', () => {
        account.sockets -= 1;
        account.lastAt = this.#rules.clock.now();
      });
      const one = () => this.#count(ws, account, 0);
      ws.on('message', (data: Buffer) => this.#count(ws, account, data.length));
      ws.on('ping', one);
      ws.on('pong', one);
    };
  }

  #count(ws: WebSocket, { frames, bytes }: Account, length: number): void {
    const now = this.#rules.clock.now();
    if (frames.take(now) && bytes.take(now, length)) return;
    closeFlooding(ws, LATE_FRAMES_MAX);
  }

  #accountOf(address: string): Account {
    const { clock, frames, bytes } = this.#rules;
    const now = clock.now();
    this.#forgetTheFull(now);
    const account = this.#accounts.get(address) ?? {
      frames: new TokenBucket(frames, now),
      bytes: new TokenBucket(bytes, now),
      sockets: 0,
      lastAt: now,
    };
    this.#accounts.set(address, account);
    return account;
  }

  /** Coming back on fresh sockets must not give anybody a fresh account. */
  #forgetTheFull(now: Millis): void {
    const { frames, bytes } = this.#rules;
    const fullAfter = Math.max(fillMs(frames), fillMs(bytes));
    if (now - this.#lookedThroughAt < fullAfter) return;
    this.#lookedThroughAt = now;
    for (const [address, { sockets, lastAt }] of this.#accounts) {
      if (sockets === 0 && now - lastAt >= fullAfter) this.#accounts.delete(address);
    }
  }
}
