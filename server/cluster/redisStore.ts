import { Redis, ReplyError } from 'ioredis';
import type { Logger } from 'pino';
import * as v from 'valibot';
import type { EventId, MemberId, Millis } from '../../shared/ids.ts';
import { decode } from '../../shared/protocol/decode.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { LobbyPart } from '../ports/directory.ts';
import type { Tallied } from '../ports/tally.ts';
import { ACQUIRE, RELEASE, RENEW, TALLY } from './leaseScripts.ts';

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
  acquire(lobby: LobbyPart, node: string, json: string): Promise<Result<Held, 'unreachable'>>;
  /** The number of announced changes; null when somebody else is the owner. */
  renew(
    lobby: LobbyPart,
    owner: string,
    counts: string,
  ): Promise<Result<number | null, 'unreachable'>>;
  release(lobby: LobbyPart, owner: string): Promise<void>;
  /** Of part 1, 2, …, as they were written at the last renewal; null where nobody runs the lobby. */
  counts(eventId: EventId): Promise<readonly (string | null)[]>;
  placeOf(eventId: EventId, member: MemberId): Promise<string | null>;
  /** A part of null forgets. */
  keepPlace(eventId: EventId, member: MemberId, part: number | null): Promise<void>;
  announceChange(eventId: EventId): Promise<void>;
  /** Null when Redis does not answer. */
  tally(name: string, windowMs: Millis): Promise<Tallied | null>;
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
/** To hear from Redis at all: while many programs start on one machine, that may take longer than a lease. */
const START_TIMEOUT_MS = 5_000;
/** Of an event's further parts: longer than it takes to take them over. */
const PARTS_LIFE_MS = 60_000;
/** A long afternoon: who comes back by then comes back to the same people. */
const PLACE_LIFE_MS = 4 * 3_600_000;
const TalliedSchema = v.tuple([v.number(), v.number()]);
const HeldSchema = v.tuple([v.string(), v.number(), v.number()]);
const NO_REDIS =
  'Redis does not answer at REDIS_URL. Start it, or correct the address, and start this server again.';
/** `code` is the first word of Redis's own answer, such as WRONGPASS. */
const REFUSED = (code: string) =>
  `Redis refuses this server (${code}). Correct the name or the password in REDIS_URL, or who may connect, and start this server again.`;

/** The error is a sentence for the operator. */
export async function openRedisStore(parts: StoreParts): Promise<Result<RedisStore, string>> {
  const redis = new Redis(parts.url, {
    lazyConnect: true,
    connectTimeout: START_TIMEOUT_MS,
    commandTimeout: START_TIMEOUT_MS,
    // What cannot be asked now is worthless later: a lease is a matter of moments.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => RECONNECT_MS,
  });
  let refusal: string | null = null;
  redis.on('error', (error) => {
    parts.log.debug({ err: error }, 'Redis connection error');
    if (error instanceof ReplyError) refusal = error.message.split(' ', 1)[0] ?? '';
  });
  try {
    await redis.connect();
    await redis.ping();
    redis.options.commandTimeout = parts.leaseMs / 3;
    tellState(redis, parts.log);
    return ok(storeOf(redis, parts.leaseMs));
  } catch {
    // Told below.
  }
  redis.disconnect();
  return fail(refusal === null ? NO_REDIS : REFUSED(refusal));
}

function storeOf(redis: Redis, leaseMs: Millis): RedisStore {
  return {
    async acquire(lobby, node, json) {
      const { eventId, part } = lobby;
      const keys = [partKey(lobby, 'owner'), partKey(lobby, 'epoch'), ...eventKeys(eventId)];
      const life = [leaseMs, EPOCH_LIFE_MS];
      const call = redis.eval(ACQUIRE, 4, ...keys, node, json, ...life, part, PARTS_LIFE_MS);
      const answer = decode(HeldSchema, await call.catch(() => null));
      if (!answer.ok) return fail('unreachable');
      const [owner, remainingMs, changes] = answer.value;
      return ok({ owner, remainingMs, changes });
    },
    async renew(lobby, owner, counts) {
      const { eventId, part } = lobby;
      const keys = [partKey(lobby, 'owner'), partKey(lobby, 'counts'), ...eventKeys(eventId)];
      const call = redis.eval(RENEW, 4, ...keys, owner, leaseMs, counts, part, PARTS_LIFE_MS);
      const answer = decode(v.number(), await call.catch(() => null));
      if (!answer.ok) return fail('unreachable');
      return ok(answer.value < 0 ? null : answer.value);
    },
    async release(lobby, owner) {
      const keys = [partKey(lobby, 'owner'), partKey(lobby, 'counts')];
      // One that cannot be given back ends by itself.
      await redis.eval(RELEASE, 2, ...keys, owner).catch(() => null);
    },
    async counts(eventId) {
      const [first, highest] = await Promise.all([
        redis.get(partKey({ eventId, part: 1 }, 'counts')).catch(() => null),
        redis.get(eventKey(eventId, 'parts')).catch(() => null),
      ]);
      const further = Array.from({ length: Number(highest ?? 1) - 1 }, (_, place) => place + 2);
      if (further.length === 0) return [first];
      const keys = further.map((part) => partKey({ eventId, part }, 'counts'));
      return [first, ...(await redis.mget(keys).catch(() => []))];
    },
    async placeOf(eventId, member) {
      return redis.get(placeKey(eventId, member)).catch(() => null);
    },
    async keepPlace(eventId, member, part) {
      const key = placeKey(eventId, member);
      const call = part === null ? redis.del(key) : redis.set(key, part, 'PX', PLACE_LIFE_MS);
      await call.catch(() => null);
    },
    async tally(name, windowMs) {
      const call = redis.eval(TALLY, 1, `foyer:tally:${name}`, windowMs);
      const answer = decode(TalliedSchema, await call.catch(() => null));
      if (!answer.ok) return null;
      const [count, remainingMs] = answer.value;
      return { count, remainingMs };
    },
    async works() {
      return (await redis.ping().catch(() => null)) === 'PONG';
    },
    async announceChange(eventId) {
      const changes = eventKey(eventId, 'changes');
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

/** The braces keep an event's keys on one node of a Redis Cluster, where a script needs them. */
function eventKey(eventId: EventId, what: string): string {
  return `foyer:{${eventId}}:${what}`;
}

/** What the scripts read and write for the whole event. */
function eventKeys(eventId: EventId): readonly string[] {
  return [eventKey(eventId, 'changes'), eventKey(eventId, 'parts')];
}

function partKey({ eventId, part }: LobbyPart, what: 'owner' | 'epoch' | 'counts'): string {
  return eventKey(eventId, part === 1 ? what : `${part}:${what}`);
}

function placeKey(eventId: EventId, member: MemberId): string {
  return eventKey(eventId, `place:${member}`);
}

/** One line for each change; the library says it again at every try. */
function tellState(redis: Redis, log: Logger): void {
  let reachable = true;
  redis.on('ready', () => {
    if (!reachable) log.info('Redis answers again');
    reachable = true;
  });
  redis.on('close', () => {
    // Closed by this server itself.
    if (redis.status === 'end') return;
    if (reachable) log.warn('Redis does not answer; lobbies run until their leases end');
    reachable = false;
  });
}
