import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lease, LeaseHolder, LobbyPart } from '../ports/directory.ts';
import type { Held, RedisStore } from './redisStore.ts';

interface LeaseParts {
  readonly store: RedisStore;
  readonly clock: Clock;
  readonly leaseMs: Millis;
  readonly lobby: LobbyPart;
  readonly epoch: number;
  readonly held: Held;
  /** When Redis was asked: it counts from later on, so that this node's own end always comes first. */
  readonly askedAt: Millis;
  readonly holder: LeaseHolder;
}

/** Renewals for each lease: two may fail. */
const RENEWALS = 3;

/** A lobby's lease in Redis, renewed until it is released or lost. */
export class RedisLease implements Lease {
  readonly epoch: number;
  readonly #parts: LeaseParts;
  readonly #lost = new AbortController();
  #until: Millis;
  #changes: number;
  #released = false;
  #cancelRenewal: () => void = () => undefined;
  #cancelEnd: () => void = () => undefined;

  constructor(parts: LeaseParts) {
    this.epoch = parts.epoch;
    this.#parts = parts;
    this.#changes = parts.held.changes;
    this.#until = parts.askedAt + parts.leaseMs;
    this.#watchEnd();
    this.#renewLater();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  holds(): boolean {
    return !this.#over && this.#parts.clock.now() < this.#until;
  }

  async confirm(): Promise<boolean> {
    if (this.#over) return false;
    if (!this.holds()) return this.#lose();
    const { store, clock, leaseMs, lobby, held, holder } = this.#parts;
    const askedAt = clock.now();
    const renewed = await store.renew(lobby, held.owner, JSON.stringify(holder.counts()));
    if (this.#over || !renewed.ok) return false;
    if (renewed.value === null) return this.#lose();
    this.#until = Math.max(this.#until, askedAt + leaseMs);
    if (!this.holds()) return this.#lose();
    this.#watchEnd();
    this.#noteChanges(renewed.value);
    return true;
  }

  async release(): Promise<void> {
    if (this.#over) return;
    this.#released = true;
    this.#cancelTimers();
    const { store, lobby, held } = this.#parts;
    await store.release(lobby, held.owner);
  }

  get #over(): boolean {
    return this.#released || this.#lost.signal.aborted;
  }

  #lose(): false {
    this.#cancelTimers();
    this.#lost.abort();
    return false;
  }

  #cancelTimers(): void {
    this.#cancelRenewal();
    this.#cancelEnd();
  }

  #watchEnd(): void {
    const { clock } = this.#parts;
    this.#cancelEnd();
    this.#cancelEnd = clock.after(this.#until - clock.now(), () => {
      if (!this.#over) this.#lose();
    });
  }

  #renewLater(): void {
    const { clock, leaseMs } = this.#parts;
    this.#cancelRenewal = clock.after(leaseMs / RENEWALS, () => {
      void this.confirm();
      if (!this.#over) this.#renewLater();
    });
  }

  #noteChanges(changes: number): void {
    if (changes === this.#changes) return;
    this.#changes = changes;
    this.#parts.holder.changed();
  }
}
