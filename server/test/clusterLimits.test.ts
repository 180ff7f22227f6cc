import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import type { ServerLimits } from '../runtime/serverLimits.ts';
import { newDatabase } from './newDatabase.ts';
import { startRedis, type RedisServer } from './startRedis.ts';
import { anyToken, startServer, type TestServer } from './startServer.ts';

const MOST = 6;

let redis: RedisServer;
let databaseUrl: string;
const running: TestServer[] = [];
beforeEach(async () => {
  redis = await startRedis();
  databaseUrl = await newDatabase(inject('postgresUrl'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
  await redis.close();
});

async function twoNodes(environment: Record<string, string>, limits: Partial<ServerLimits>) {
  const shared = {
    REDIS_URL: redis.url,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: '4',
    // A lobby lives on for so long without Redis.
    FOYER_LEASE_MS: '30000',
    ...environment,
  };
  for (const FOYER_NODE of ['a', 'b']) {
    running.push(await startServer({ environment: { ...shared, FOYER_NODE }, limits }));
  }
  return running as [TestServer, TestServer];
}

/** The status with which somebody is let in, or not. */
async function join(server: TestServer, eventId: string, deviceToken = anyToken()) {
  const body = { displayName: 'Ann', deviceToken };
  return (await server.request('POST', `/api/events/${eventId}/join`, { body })).status;
}

async function joins(server: TestServer, eventId: string, times: number, deviceToken?: string) {
  const statuses: number[] = [];
  while (statuses.length < times) statuses.push(await join(server, eventId, deviceToken));
  return statuses;
}

const allOf = (status: number, times: number) => Array.from({ length: times }, () => status);

it('CU40: the joins from one network address are counted over all nodes', async () => {
  const [a, b] = await twoNodes({ FOYER_RATE_PER_MINUTE: String(MOST) }, {});
  const { eventId } = (await a.register()).event;
  expect(await joins(a, eventId, MOST - 2)).toEqual(allOf(200, MOST - 2));
  expect(await joins(b, eventId, 2)).toEqual(allOf(200, 2));
  expect([await join(a, eventId), await join(b, eventId)]).toEqual([429, 429]);
});

it('CU40: who is refused at one node, and tries again, takes nothing from the others', async () => {
  const [a, b] = await twoNodes({ FOYER_RATE_PER_MINUTE: '120' }, {});
  const { eventId } = (await a.register()).event;
  const tried = await joins(a, eventId, 100);
  expect(tried.slice(0, 40)).toEqual(allOf(200, 40));
  expect(tried.filter((status) => status === 429).length).toBeGreaterThan(40);
  expect(await joins(b, eventId, 40)).toEqual(allOf(200, 40));
});

it('CU40: and so are those of one device', async () => {
  const [a, b] = await twoNodes({}, { entriesPerMinute: MOST });
  const { eventId } = (await a.register()).event;
  const device = anyToken();
  expect(await joins(a, eventId, MOST - 2, device)).toEqual(allOf(200, MOST - 2));
  expect(await joins(b, eventId, 2, device)).toEqual(allOf(200, 2));
  expect([await join(a, eventId, device), await join(b, eventId, device)]).toEqual([429, 429]);
  expect(await join(b, eventId)).toBe(200);
});

it('CU41: while Redis is away each node counts for itself, and nobody is refused for that', async () => {
  const [a, b] = await twoNodes({ FOYER_RATE_PER_MINUTE: String(MOST) }, {});
  const { eventId } = (await a.register()).event;
  expect(await join(a, eventId)).toBe(200);
  expect(await joins(b, eventId, MOST)).toEqual([...allOf(200, MOST - 1), 429]);
  await redis.kill();
  expect(await joins(a, eventId, MOST)).toEqual([...allOf(200, MOST - 1), 429]);
});
