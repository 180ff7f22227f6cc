import type { Logger } from 'pino';
import * as v from 'valibot';
import type { EventId, Millis } from '../../shared/ids.ts';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Directory, Lease, LeaseHolder, NodeAddress, NotOwned } from '../ports/directory.ts';
import { RedisLease } from './redisLease.ts';
import { openRedisStore, type Held, type RedisStore } from './redisStore.ts';

interface DirectoryParts {
  /** `redis://…` */
  readonly url: string;
  readonly self: NodeAddress;
  /** Tells this process from an earlier one of the same node. */
  readonly instance: string;
  readonly leaseMs: Millis;
  readonly clock: Clock;
  readonly log: Logger;
}

const OwnerSchema = v.object({
  name: v.string(),
  url: v.nullable(v.string()),
  instance: v.string(),
});
const CountsSchema = v.object({ here: v.number(), waiting: v.number(), inCall: v.number() });

/**
 * A living owner renews each third of its lease. One with less than this share of it left has missed
 * its renewal, and whoever asks had better wait for the end than be sent there.
 */
const SUSPECT_SHARE = 0.6;
/** How often a suspect's lease is looked at, by its share. */
const LOOK_SHARE = 1 / 12;

/** Ownership by leases in Redis. The error is a sentence for the operator. */
export async function openRedisDirectory(
  parts: DirectoryParts,
): Promise<Result<Directory, string>> {
  const store = await openRedisStore(parts);
  return store.ok ? ok(new RedisDirectory(parts, store.value)) : store;
}

class RedisDirectory implements Directory {
  readonly #parts: DirectoryParts;
  readonly #store: RedisStore;
  readonly #json: string;

  constructor(parts: DirectoryParts, store: RedisStore) {
    const { self, instance } = parts;
    this.#parts = parts;
    this.#store = store;
    this.#json = JSON.stringify({ name: self.name, url: self.url, instance });
  }

  get self(): NodeAddress {
    return this.#parts.self;
  }

  async own(eventId: EventId, holder: LeaseHolder): Promise<Result<Lease, NotOwned>> {
    const { clock, leaseMs, self, instance } = this.#parts;
    for (;;) {
      const askedAt = clock.now();
      const held = await this.#store.acquire(eventId, self.name, this.#json);
      const owner = held.ok ? ownerOf(held.value) : null;
      if (!held.ok || owner === null) return fail({ reason: 'unreachable' });
      if (owner.instance === instance) {
        const { epoch } = owner;
        return ok(this.#lease({ eventId, epoch, held: held.value, askedAt, holder }));
      }
      if (held.value.remainingMs > leaseMs * SUSPECT_SHARE) {
        return fail({ reason: 'elsewhere', owner: { name: owner.name, url: owner.url } });
      }
      await this.#pause();
    }
  }

  async counts(eventIds: readonly EventId[]): ReturnType<Directory['counts']> {
    const found = new Map<EventId, v.InferOutput<typeof CountsSchema>>();
    const written = await this.#store.counts(eventIds);
    for (const [place, text] of written.entries()) {
      const eventId = eventIds[place];
      const counts = text === null ? null : decodeJson(CountsSchema, text);
      if (eventId !== undefined && counts?.ok) found.set(eventId, counts.value);
    }
    return found;
  }

  announceChange(eventId: EventId): Promise<void> {
    return this.#store.announceChange(eventId);
  }

  works(): Promise<boolean> {
    return this.#store.works();
  }

  close(): void {
    this.#store.close();
  }

  #lease(taken: {
    eventId: EventId;
    epoch: number;
    held: Held;
    askedAt: Millis;
    holder: LeaseHolder;
  }): Lease {
    const { clock, leaseMs } = this.#parts;
    return new RedisLease({ store: this.#store, clock, leaseMs, ...taken });
  }

  #pause(): Promise<void> {
    const { clock, leaseMs } = this.#parts;
    return new Promise((resolve) => void clock.after(leaseMs * LOOK_SHARE, resolve));
  }
}

function ownerOf({ owner }: Held) {
  const [epoch = '', name = ''] = owner.split(' ', 2);
  const decoded = decodeJson(OwnerSchema, owner.slice(epoch.length + name.length + 2));
  return decoded.ok ? { epoch: Number(epoch), ...decoded.value } : null;
}
