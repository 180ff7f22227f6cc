import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import * as v from 'valibot';
import type { EventId, Millis } from '../../shared/ids.ts';
import { decode } from '../../shared/protocol/decode.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { ACQUIRE, RELEASE, RENEW } from './leaseScripts.ts';

/** What Redis knows of a lobby's owner. */
export interface Held {
  /** `<epoch> <node> <json>` */
  readonly owner: string;
  /** How much longer, unless it is renewed. */
  readonly remainingMs: Millis;
  /** Announced changes of the event, ever. */
  readonly changes: number;
}

/** All that is asked of Redis; no answer in time is `unreachable`. */
export interface RedisStore {
  acquire(eventId: EventId, node: string, json: string): Promise<Result<Held, 'unreachable'>>;
  /** The number of announced changes; null when somebody else is the owner. */
  renew(
    eventId: EventId,
    owner: string,
    counts: string,
  ): Promise<Result<number | null, 'unreachable'>>;
  release(eventId: EventId, owner: string): Promise<void>;
  /** As they were written at the last renewal; null where nobody runs the lobby. */
  counts(eventIds: readonly EventId[]): Promise<readonly (string | null)[]>;
  announceChange(eventId: EventId): Promise<void>;
  works(): Promise<boolean>;
  close(): void;
}

interface StoreParts {
  readonly url: string;
  readonly leaseMs: Millis;
  readonly log: Logger;
}

/** Much longer than any lobby stands empty of owners; then an epoch may start anew. */
const EPOCH_LIFE_MS = 7 * 24 * 3_600_000;
/** Longer than a lease by far: whoever missed a change by then has read the event again. */
const CHANGES_LIFE_MS = 3_600_000;
/** After a lost connection: short, because a lease is lost within seconds. */
const RECONNECT_MS = 100;
/** For the first connection; ms. */
const CONNECT_TIMEOUT_MS = 5_000;
const HeldSchema = v.tuple([v.string(), v.number(), v.number()]);
const NO_REDIS =
  'Redis does not answer at REDIS_URL. Start it, or correct the address, and start this server again.';

/** The error is a sentence for the operator. */
export async function openRedisStore(parts: StoreParts): Promise<Result<RedisStore, string>> {
  const redis = new Redis(parts.url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // What cannot be asked now is worthless later: a lease is a matter of moments.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: parts.leaseMs / 3,
    retryStrategy: () => RECONNECT_MS,
  });
  tellState(redis, parts.log);
  try {
    await redis.connect();
    await redis.ping();
  } catch {
    redis.disconnect();
    return fail(NO_REDIS);
  }
  return ok(storeOf(redis, parts.leaseMs));
}

function storeOf(redis: Redis, leaseMs: Millis): RedisStore {
  return {
    async acquire(eventId, node, json) {
      const keys = [key(eventId, 'owner'), key(eventId, 'epoch'), key(eventId, 'changes')];
      const call = redis.eval(ACQUIRE, 3, ...keys, node, json, leaseMs, EPOCH_LIFE_MS);
      const answer = decode(HeldSchema, await call.catch(() => null));
      if (!answer.ok) return fail('unreachable');
      const [owner, remainingMs, changes] = answer.value;
      return ok({ owner, remainingMs, changes });
    },
    async renew(eventId, owner, counts) {
      const keys = [key(eventId, 'owner'), key(eventId, 'counts'), key(eventId, 'changes')];
      const call = redis.eval(RENEW, 3, ...keys, owner, leaseMs, counts);
      const answer = decode(v.number(), await call.catch(() => null));
      if (!answer.ok) return fail('unreachable');
      return ok(answer.value < 0 ? null : answer.value);
    },
    async release(eventId, owner) {
      const keys = [key(eventId, 'owner'), key(eventId, 'counts')];
      // One that cannot be given back ends by itself.
      await redis.eval(RELEASE, 2, ...keys, owner).catch(() => null);
    },
    async counts(eventIds) {
      const asked = eventIds.map((eventId) => redis.get(key(eventId, 'counts')));
      return Promise.all(asked.map((answer) => answer.catch(() => null)));
    },
    async works() {
      return (await redis.ping().catch(() => null)) === 'PONG';
    },
    async announceChange(eventId) {
      const changes = key(eventId, 'changes');
      await redis
        .multi()
        .incr(changes)
        .pexpire(changes, CHANGES_LIFE_MS)
        .exec()
        .catch(() => null);
    },
    close: () => redis.disconnect(),
  };
}

/** The braces keep a lobby's keys on one node of a Redis Cluster, where a script needs them. */
function key(eventId: EventId, what: 'owner' | 'epoch' | 'counts' | 'changes'): string {
  return `foyer:{${eventId}}:${what}`;
}

/** One line for each change; the library says it again at every try. */
function tellState(redis: Redis, log: Logger): void {
  let reachable = true;
  redis.on('ready', () => {
    if (!reachable) log.info('Redis answers again');
    reachable = true;
  });
  redis.on('close', () => {
    if (reachable) log.warn('Redis does not answer; lobbies run until their leases end');
    reachable = false;
  });
  redis.on('error', (error) => log.debug({ err: error }, 'Redis connection error'));
}
