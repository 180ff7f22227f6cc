import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPostgres } from '../../scripts/ensurePostgres.ts';
import { expectReadiness } from './expectReadiness.ts';
import { startPostgres, type PostgresServer } from './startPostgres.ts';
import { startRedis, type RedisServer } from './startRedis.ts';
import { startServer, type TestServer } from './startServer.ts';

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

it('OP21: a real Redis and a real PostgreSQL go, and are back', async () => {
  await expectReadiness(server, { status: 'ok' });
  await redis.kill();
  await expectReadiness(server, { status: 'failing', parts: ['directory'] });
  await redis.start();
  await expectReadiness(server, { status: 'ok' });
  await database.kill();
  await expectReadiness(server, { status: 'failing', parts: ['database'] });
  expect((await server.request('GET', '/healthz')).status).toBe(200);
  await database.start();
  await expectReadiness(server, { status: 'ok' });
}, 120_000);

it('OP21: one that lives and does not answer is as good as gone', async () => {
  redis.freeze();
  await expectReadiness(server, { status: 'failing', parts: ['directory'] });
  redis.thaw();
  await expectReadiness(server, { status: 'ok' });
  database.freeze();
  await expectReadiness(server, { status: 'failing', parts: ['database'] });
  database.thaw();
  await expectReadiness(server, { status: 'ok' });
}, 120_000);
