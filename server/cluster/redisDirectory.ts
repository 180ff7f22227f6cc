import * as v from 'valibot';
import type { EventId, MemberId, Millis } from '../../shared/ids.ts';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  Directory,
  Lease,
  LeaseHolder,
  LobbyPart,
  NodeAddress,
  NotOwned,
  RunningPart,
} from '../ports/directory.ts';
import { RedisLease } from './redisLease.ts';
import type { Held, RedisStore } from './redisStore.ts';

interface DirectoryParts {
  readonly store: RedisStore;
  readonly self: NodeAddress;
  /** Tells this process from an earlier one of the same node. */
  readonly instance: string;
  readonly leaseMs: Millis;
  readonly clock: Clock;
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

/** Ownership by leases in Redis. */
export class RedisDirectory implements Directory {
  readonly #parts: DirectoryParts;
  readonly #store: RedisStore;
  readonly #json: string;

  constructor(parts: DirectoryParts) {
    const { self, instance, store } = parts;
    this.#parts = parts;
    this.#store = store;
    this.#json = JSON.stringify({ name: self.name, url: self.url, instance });
  }

  get self(): NodeAddress {
    return this.#parts.self;
  }

  async own(lobby: LobbyPart, holder: LeaseHolder): Promise<Result<Lease, NotOwned>> {
    const { clock, leaseMs, self, instance } = this.#parts;
    for (;;) {
      const askedAt = clock.now();
      const held = await this.#store.acquire(lobby, self.name, this.#json);
      const owner = held.ok ? ownerOf(held.value) : null;
      if (!held.ok || owner === null) return fail({ reason: 'unreachable' });
      if (owner.instance === instance) {
        const { epoch } = owner;
        return ok(this.#lease({ lobby, epoch, held: held.value, askedAt, holder }));
      }
      if (held.value.remainingMs > leaseMs * SUSPECT_SHARE) {
        return fail({ reason: 'elsewhere', owner: { name: owner.name, url: owner.url } });
      }
      await this.#pause();
    }
  }

  async parts(eventIds: readonly EventId[]): ReturnType<Directory['parts']> {
    const found = eventIds.map(async (eventId) => {
      return [eventId, runningParts(await this.#store.counts(eventId))] as const;
    });
    return new Map(await Promise.all(found));
  }

  async placeOf(eventId: EventId, member: MemberId): Promise<number | null> {
    const part = await this.#store.placeOf(eventId, member);
    return part === null ? null : Number(part);
  }

  keepPlace({ eventId, part }: LobbyPart, member: MemberId): Promise<void> {
    return this.#store.keepPlace(eventId, member, part);
  }

  forgetPlace(eventId: EventId, member: MemberId): Promise<void> {
    return this.#store.keepPlace(eventId, member, null);
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
    lobby: LobbyPart;
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

/** Of the counts of part 1, 2, … */
function runningParts(written: readonly (string | null)[]): RunningPart[] {
  return written.flatMap((text, place) => {
    const counts = text === null ? null : decodeJson(CountsSchema, text);
    return counts?.ok ? [{ part: place + 1, counts: counts.value }] : [];
  });
}

function ownerOf({ owner }: Held) {
  const [epoch = '', name = ''] = owner.split(' ', 2);
  const decoded = decodeJson(OwnerSchema, owner.slice(epoch.length + name.length + 2));
  return decoded.ok ? { epoch: Number(epoch), ...decoded.value } : null;
}
