import { pino } from 'pino';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Millis } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { localDirectory } from '../cluster/localDirectory.ts';
import { openRedisCluster } from '../cluster/openRedisCluster.ts';
import type { LobbyPart } from '../domain/lobby/lobbyPart.ts';
import { createLog } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Directory, Lease } from '../ports/directory.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import { fencedPairs } from '../runtime/fencedPairs.ts';
import { randomMint } from '../runtime/randomMint.ts';
import { systemClock } from '../runtime/systemClock.ts';
import { startRedis, type RedisServer } from './startRedis.ts';

const LEASE_MS: Millis = 300;
/** Longer than a Redis needs to start on a busy machine. */
const LONG_MS: Millis = 20_000;
const NOBODY = { here: 0, waiting: 0, inCall: 0 };
const HOLDER = { counts: () => NOBODY, changed: () => undefined };
const log = createLog('silent');

let redis: RedisServer;
const opened: Directory[] = [];
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(async () => {
  for (const directory of opened) directory.close();
  await redis.close();
});

async function node(
  name: string,
  clock: Clock = systemClock,
  leaseMs = LEASE_MS,
): Promise<Directory> {
  const self = { name, url: null };
  const parts = { url: redis.url, self, instance: randomMint.id(), leaseMs, clock, log };
  const cluster = await openRedisCluster(parts);
  if (!cluster.ok) throw new Error(cluster.error);
  opened.push(cluster.value.directory);
  return cluster.value.directory;
}

const anyLobby = (): LobbyPart => ({ eventId: randomMint.eventId(), part: 1 });

async function owned(directory: Directory, lobby: LobbyPart, holder = HOLDER): Promise<Lease> {
  const lease = await directory.own(lobby, holder);
  if (!lease.ok) throw new Error(lease.error.reason);
  return lease.value;
}

/** Its timers never ring, as in a process that stands still; its time goes on. */
const frozenClock: Clock = { ...systemClock, after: () => () => undefined };

describe.each([
  ['a node that is alone', () => Promise.resolve(localDirectory(systemClock))],
  ['a node with a Redis', () => node('a')],
])('%s', (_, open) => {
  it('CU1: owns a free lobby, holds it, and keeps it confirmed', async () => {
    const lease = await owned(await open(), anyLobby());
    expect(lease.holds()).toBe(true);
    expect(await lease.confirm()).toBe(true);
    expect(lease.lost.aborted).toBe(false);
  });

  it('CU1: a lease that was given back is over, and is no loss', async () => {
    const lease = await owned(await open(), anyLobby());
    await lease.release();
    expect(lease.holds()).toBe(false);
    expect(await lease.confirm()).toBe(false);
    expect(lease.lost.aborted).toBe(false);
  });

  it('CU1: what was given back can be taken again', async () => {
    const directory = await open();
    const lobby = anyLobby();
    await (await owned(directory, lobby)).release();
    expect((await owned(directory, lobby)).holds()).toBe(true);
  });

  it('CU1: lobbies are owned one by one', async () => {
    const directory = await open();
    const one = await owned(directory, anyLobby());
    const other = await owned(directory, anyLobby());
    await one.release();
    expect(await other.confirm()).toBe(true);
  });
});

describe('two nodes', () => {
  it('CU2: the second is told who the owner is, and owns the lobby as soon as it is given back', async () => {
    const [a, b] = [await node('a'), await node('b')];
    const lobby = anyLobby();
    const lease = await owned(a, lobby);
    expect(await b.own(lobby, HOLDER)).toEqual({
      ok: false,
      error: { reason: 'elsewhere', owner: { name: 'a', url: null } },
    });
    await lease.release();
    expect((await owned(b, lobby)).epoch).toBe(lease.epoch + 1);
  });

  it('CU3: a lease is renewed for as long as its node lives', async () => {
    const leaseMs = 3 * LEASE_MS;
    const [a, b] = [await node('a', systemClock, leaseMs), await node('b', systemClock, leaseMs)];
    const lobby = anyLobby();
    const lease = await owned(a, lobby);
    const until = performance.now() + 2 * leaseMs;
    while (performance.now() < until) expect((await b.own(lobby, HOLDER)).ok).toBe(false);
    expect(lease.holds()).toBe(true);
  });

  it('CU4: a node that stands still loses its lobby, and knows it before it does anything more', async () => {
    const [a, b] = [await node('a', frozenClock), await node('b')];
    const lobby = anyLobby();
    const lease = await owned(a, lobby);
    // Whoever asks when a renewal is overdue is answered when the lease has ended.
    let taken = await b.own(lobby, HOLDER);
    while (!taken.ok) taken = await b.own(lobby, HOLDER);
    expect(taken.value.epoch).toBe(lease.epoch + 1);
    expect(lease.holds()).toBe(false);
    expect(await lease.confirm()).toBe(false);
    expect(lease.lost.aborted).toBe(true);
    expect(await taken.value.confirm()).toBe(true);
  });

  it('CU5: a new process of a node takes its lobbies over at once', async () => {
    const [before, after] = [await node('a', frozenClock), await node('a')];
    const lobby = anyLobby();
    const lease = await owned(before, lobby);
    expect((await owned(after, lobby)).epoch).toBe(lease.epoch + 1);
    expect(await lease.confirm()).toBe(false);
    expect(lease.lost.aborted).toBe(true);
  });

  it('CU6: a Redis that is gone for longer than a lease ends the lease, with no answer needed', async () => {
    const a = await node('a');
    const lease = await owned(a, anyLobby());
    redis.freeze();
    try {
      await once(lease.lost, 'abort');
      expect(lease.holds()).toBe(false);
      expect(await a.own(anyLobby(), HOLDER)).toEqual({
        ok: false,
        error: { reason: 'unreachable' },
      });
    } finally {
      redis.thaw();
    }
  });

  it.each(['the owner', 'another node'])(
    'CU6: after a restart of Redis that lost all, when %s comes first, one of them has the lobby',
    async (first) => {
      const [a, b] = [await node('a', frozenClock, LONG_MS), await node('b', systemClock, LONG_MS)];
      const lobby = anyLobby();
      const lease = await owned(a, lobby);
      await redis.kill();
      await redis.start();
      await Promise.all([answering(a), answering(b)]);
      if (first === 'the owner') {
        expect(await lease.confirm()).toBe(true);
        expect((await b.own(lobby, HOLDER)).ok).toBe(false);
      } else {
        expect(await (await owned(b, lobby)).confirm()).toBe(true);
        expect(await lease.confirm()).toBe(false);
        expect(lease.lost.aborted).toBe(true);
      }
    },
  );

  it('CU7: nothing is counted where nobody runs a lobby; counts are told with each renewal', async () => {
    const [a, b] = [await node('a'), await node('b')];
    const [lobby, other] = [anyLobby(), anyLobby()];
    let here = 3;
    const lease = await owned(a, lobby, { ...HOLDER, counts: () => ({ ...NOBODY, here }) });
    await lease.confirm();
    expect(await herePerPart(b, lobby)).toEqual({ 1: 3 });
    expect(await herePerPart(b, other)).toEqual({});
    here = 4;
    await lease.confirm();
    expect(await herePerPart(b, lobby)).toEqual({ 1: 4 });
    await lease.release();
    expect(await herePerPart(b, lobby)).toEqual({});
  });

  it('CU8: the owner hears once of each change that another node announces', async () => {
    const [a, b] = [await node('a', frozenClock), await node('b')];
    const lobby = anyLobby();
    await b.announceChange(lobby.eventId);
    let heard = 0;
    const lease = await owned(a, lobby, { ...HOLDER, changed: () => void (heard += 1) });
    await lease.confirm();
    expect(heard).toBe(0);
    await b.announceChange(lobby.eventId);
    await lease.confirm();
    await lease.confirm();
    expect(heard).toBe(1);
  });
});

describe('the fence', () => {
  const stored: MetPairRepository = {
    record: () => Promise.resolve(ok(new Set())),
    load: () => Promise.resolve([]),
    count: () => Promise.resolve(0),
  };
  const FAILED = { ok: false, error: 'storageFailed' };

  it('CU9: pairs of a lobby that was lost are not written', async () => {
    const [a, b] = [await node('a', frozenClock), await node('b')];
    const lobby = anyLobby();
    const lease = await owned(a, lobby);
    let written = 0;
    const counted = { ...stored, record: () => ((written += 1), stored.record(lobby.eventId, [])) };
    const fenced = fencedPairs(counted, lease);
    expect(await fenced.record(lobby.eventId, [])).toEqual(ok(new Set()));
    while (!(await b.own(lobby, HOLDER)).ok);
    expect(await fenced.record(lobby.eventId, [])).toEqual(FAILED);
    expect(written).toBe(1);
  });

  it('CU9: nobody is told of pairs whose writing outlasted the lease', async () => {
    const [a, b] = [await node('a', frozenClock), await node('b')];
    const lobby = anyLobby();
    const lease = await owned(a, lobby);
    const slow: MetPairRepository = {
      ...stored,
      async record() {
        while (!(await b.own(lobby, HOLDER)).ok);
        return ok(new Set());
      },
    };
    expect(await fencedPairs(slow, lease).record(lobby.eventId, [])).toEqual(FAILED);
  });
});

it('CU10: a Redis that does not answer ends the start with one sentence', async () => {
  const url = 'redis://user:password@127.0.0.1:1';
  const self = { name: 'a', url: null };
  const parts = { url, self, instance: 'i', leaseMs: LEASE_MS, clock: systemClock, log };
  const directory = await openRedisCluster(parts);
  expect(directory).toEqual({ ok: false, error: expect.stringMatching(/REDIS_URL/) });
  expect(JSON.stringify(directory)).not.toContain('password');
});

it('CU10: so does one that refuses, with its reason', async () => {
  const strict = await startRedis('--requirepass', 'right');
  onTestFinished(() => strict.close());
  const self = { name: 'a', url: null };
  const given = { self, instance: 'i', leaseMs: LEASE_MS, clock: systemClock, log };
  for (const [account, reason] of Object.entries({ '': 'NOAUTH', ':wrong@': 'WRONGPASS' })) {
    const url = strict.url.replace('//', `//${account}`);
    const cluster = await openRedisCluster({ ...given, url });
    expect(cluster).toEqual({ ok: false, error: expect.stringContaining(`(${reason})`) });
    expect(JSON.stringify(cluster)).not.toContain('wrong');
  }
});

it('CU10: a start waits longer for Redis than a short lease would', async () => {
  const busy = await startRedis();
  onTestFinished(() => busy.close());
  const self = { name: 'a', url: null };
  const given = { url: busy.url, self, instance: 'i', clock: systemClock, log };
  const cluster = await openRedisCluster({ ...given, leaseMs: 3 });
  expect(cluster.ok).toBe(true);
  if (cluster.ok) cluster.value.directory.close();
});

it('CU13: a node that stops does not complain that its Redis is gone', async () => {
  const lines: string[] = [];
  const noted = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
  const self = { name: 'c', url: null };
  const parts = { url: redis.url, self, instance: 'i', leaseMs: LEASE_MS, clock: systemClock };
  const cluster = await openRedisCluster({ ...parts, log: noted });
  if (!cluster.ok) throw new Error(cluster.error);
  cluster.value.directory.close();
  // Several round trips later the end of the connection has been heard.
  await owned(await node('d'), anyLobby());
  expect(lines).toEqual([]);
});

/** How many are here, by part. */
async function herePerPart(directory: Directory, { eventId }: LobbyPart) {
  const parts = (await directory.parts([eventId])).get(eventId) ?? [];
  return Object.fromEntries(parts.map(({ part, counts }) => [part, counts.here]));
}

/** Settles when the node has found its Redis again. */
async function answering(directory: Directory): Promise<void> {
  for (;;) {
    const taken = await directory.own(anyLobby(), HOLDER);
    if (taken.ok) return taken.value.release();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
