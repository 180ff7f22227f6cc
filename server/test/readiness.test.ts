import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPostgres } from '../../scripts/ensurePostgres.ts';
import { startPostgres, type PostgresServer } from './startPostgres.ts';
import { startRedis, type RedisServer } from './startRedis.ts';
import { startServer, type TestServer } from './startServer.ts';

/** A part that does not answer is noticed within 2 s, and the answer is a second old at most. */
const DEADLINE_MS = 15_000;

let database: PostgresServer;
let redis: RedisServer;
let server: TestServer;

beforeEach(async () => {
  [database, redis] = await Promise.all([startPostgres(findPostgres()!), startRedis()]);
  const places = { DATABASE_URL: database.url, REDIS_URL: redis.url, FOYER_NODE: 'a' };
  server = await startServer({ environment: places });
}, 60_000);
afterEach(async () => {
  await server.close();
  await Promise.all([database.close(), redis.close()]);
});

/** Asks until the answer is this one. */
async function readyz(expected: unknown): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const { body } = await server.request('GET', '/readyz');
    if (JSON.stringify(body) === JSON.stringify(expected)) return;
    if (performance.now() > deadline) expect(body).toEqual(expected);
  }
}

it('OP21: a real Redis and a real PostgreSQL go, and are back', async () => {
  await readyz({ status: 'ok' });
  await redis.kill();
  await readyz({ status: 'failing', parts: ['directory'] });
  await redis.start();
  await readyz({ status: 'ok' });
  await database.kill();
  await readyz({ status: 'failing', parts: ['database'] });
  expect((await server.request('GET', '/healthz')).status).toBe(200);
  await database.start();
  await readyz({ status: 'ok' });
}, 120_000);

it('OP21: one that lives and does not answer is as good as gone', async () => {
  redis.freeze();
  await readyz({ status: 'failing', parts: ['directory'] });
  redis.thaw();
  await readyz({ status: 'ok' });
  database.freeze();
  await readyz({ status: 'failing', parts: ['database'] });
  database.thaw();
  await readyz({ status: 'ok' });
}, 120_000);
