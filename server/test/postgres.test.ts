import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import postgres from 'postgres';
import { pino } from 'pino';
import type { EventId, MatchId, MemberId } from '../../shared/ids.ts';
import { findPostgres } from '../../scripts/ensurePostgres.ts';
import { openPostgres } from '../db/openPostgres.ts';
import { openStorage, type Storage } from '../db/openStorage.ts';
import { postgresProblem } from '../db/postgresProblem.ts';
import type { NewPair } from '../ports/metPairRepository.ts';
import { findPlaces } from '../places.ts';
import { newDatabase } from './newDatabase.ts';
import { openTestStorage } from './openTestStorage.ts';
import { startPostgres, type PostgresServer } from './startPostgres.ts';
import { storedEvent } from './storedEvent.ts';

const { migrationsFolder } = findPlaces(join(import.meta.dirname, '..'));
const memberId = () => randomBytes(16).toString('hex') as MemberId;
const newPair = (): NewPair => ({
  matchId: randomBytes(16).toString('hex') as MatchId,
  pair: [memberId(), memberId()],
  cycle: 1,
});

it('ST20: nodes that start at the same moment on an empty database all start', async () => {
  const environment = { DATABASE_URL: await newDatabase(inject('postgresUrl')) };
  const nodes = await Promise.all(Array.from({ length: 4 }, () => openTestStorage(environment)));
  const event = storedEvent();
  await nodes[0]!.events.create(event, new Date());
  for (const node of nodes) {
    expect((await node.events.find(event.id))?.id).toBe(event.id);
    await node.close();
  }
}, 60_000);

it('ST20: a node uses no more connections than it was given', async () => {
  const url = await newDatabase(inject('postgresUrl'));
  const storage = await openTestStorage({ DATABASE_URL: url, DATABASE_POOL_SIZE: '3' });
  const observer = postgres(url, { max: 1 });
  await Promise.all(Array.from({ length: 50 }, () => storage.events.lookup('abcde')));
  const [row] = await observer`
    select count(*)::int as open from pg_stat_activity
    where datname = current_database() and application_name = 'foyer'`;
  expect(row?.['open']).toBe(3);
  await observer.end();
  await storage.close();
});

it('ST31: an event that is being opened again is waited for, and spared', async () => {
  const url = await newDatabase(inject('postgresUrl'));
  const storage = await openTestStorage({ DATABASE_URL: url });
  const event = storedEvent({ closed: true });
  await storage.events.create(event, new Date(0));
  await storage.metPairs.record(event.id, [newPair()]);
  const [owner, observer] = [postgres(url, { max: 1 }), postgres(url, { max: 1 })];
  const forgotten = await owner.begin(async (change) => {
    await change`update events set closed_at = null where id = ${event.id}`;
    const forgetting = storage.retention.forgetPairs(new Date(), new AbortController().signal);
    const done = forgetting.then(() => true);
    for (let isDone = false; !isDone; isDone = await Promise.race([done, false])) {
      const [row] = await observer`select count(*)::int as waiting from pg_locks where not granted`;
      if (row?.['waiting'] > 0) break;
    }
    return { forgetting };
  });
  expect(await forgotten.forgetting).toBe(0);
  expect(await storage.metPairs.count(event.id, 1)).toBe(1);
  for (const client of [owner, observer]) await client.end();
  await storage.close();
});

describe('what the operator is told', () => {
  const sentenceFor = async (change: (url: URL) => void) => {
    const url = new URL(await newDatabase(inject('postgresUrl')));
    const secret = url.password;
    change(url);
    const opened = await openPostgres({ url: url.href, poolSize: 1, migrationsFolder });
    if (opened.ok) throw new Error('It opened.');
    for (const each of [secret, 'wrong-password']) expect(opened.error).not.toContain(each);
    return opened.error;
  };

  it('ST21: a server that is not there cannot be reached', async () => {
    const sentence = await sentenceFor((url) => (url.port = '1'));
    expect(sentence).toMatch(
      /^PostgreSQL at 127\.0\.0\.1:1\/test_\w+ cannot be reached .*DATABASE_URL\.$/,
    );
  });

  it('ST21: a host without an address cannot be reached', async () => {
    const sentence = await sentenceFor((url) => (url.hostname = 'nowhere.invalid'));
    expect(sentence).toContain('cannot be reached');
  });

  it('ST21: a wrong password is refused', async () => {
    const sentence = await sentenceFor((url) => (url.password = 'wrong-password'));
    expect(sentence).toContain('refuses this user or password');
  });

  it('ST21: a database that does not exist is named', async () => {
    const sentence = await sentenceFor((url) => (url.pathname = '/nothing_here'));
    expect(sentence).toMatch(/no database at .*\/nothing_here\./);
  });

  it('ST21: a user who may not create tables is told so', async () => {
    const admin = await newDatabase(inject('postgresUrl'));
    const client = postgres(admin, { max: 1, onnotice: () => undefined });
    const name = `guest_${randomBytes(4).toString('hex')}`;
    await client.unsafe(`create role ${name} login password 'guest'`);
    await client.end();
    const url = Object.assign(new URL(admin), { username: name, password: 'guest' }).href;
    const opened = await openPostgres({ url, poolSize: 1, migrationsFolder });
    expect(opened).toMatchObject({ ok: false, error: expect.stringContaining('create tables') });
  });

  it('ST22: a version before 15 is too old', () => {
    const url = 'postgres://foyer:secret@db.example/foyer';
    expect(postgresProblem.ofVersion(url, 140_012)).toBe(
      'PostgreSQL at db.example/foyer is version 14.12, and Foyer needs 15 or later. Update it, or name another server in DATABASE_URL.',
    );
    expect(postgresProblem.ofVersion(url, 150_000)).toBeNull();
    expect(postgresProblem.ofVersion(url, 180_001)).toBeNull();
  });
});

describe('a server of its own, which dies', () => {
  let server: PostgresServer;
  let storage: Storage;
  let eventId: EventId;
  const logged: string[] = [];
  const POOL_SIZE = 3;

  beforeAll(async () => {
    server = await startPostgres(findPostgres()!);
    const log = pino({ level: 'warn' }, { write: (line) => void logged.push(line) });
    const place = {
      databaseUrl: server.url,
      databasePoolSize: POOL_SIZE,
      data: '',
      migrationsFolder,
    };
    const opened = await openStorage(place, log);
    if (!opened.ok) throw new Error(opened.error);
    storage = opened.value;
    const event = storedEvent();
    await storage.events.create(event, new Date());
    eventId = event.id;
  }, 60_000);
  afterAll(async () => {
    await storage.close();
    await server.close();
  });

  it('ST23: while it is gone pairs fail, quickly; once it is back they are kept, and none is lost', async () => {
    const acknowledged: NewPair[] = [];
    const keep = async (pair: NewPair) => {
      const recorded = await storage.metPairs.record(eventId, [pair]);
      if (recorded.ok) expect(recorded.value.size).toBe(0);
      if (recorded.ok) acknowledged.push(pair);
      return recorded.ok;
    };
    for (let round = 0; round < 2; round += 1) {
      const during = Array.from({ length: 30 }, () => keep(newPair()));
      const killed = server.kill();
      await Promise.all([...during, killed]);
      const since = performance.now();
      expect(await keep(newPair())).toBe(false);
      await expect(storage.events.find(eventId)).rejects.toMatchObject({ name: 'StorageError' });
      expect(performance.now() - since).toBeLessThan(5_000);
      await server.start();
      // A connection may not have noticed yet that its server died.
      const tries = Array.from({ length: POOL_SIZE + 1 }, () => keep(newPair()));
      expect(await Promise.all(tries)).toContain(true);
    }
    const stored = new Set((await storage.metPairs.load(eventId, 1)).map((pair) => pair.join()));
    for (const { pair } of acknowledged) expect(stored).toContain(pair.toSorted().join());
  }, 60_000);

  it('ST24: a frozen one fails in seconds, and its late answer harms nobody', async () => {
    const pair = newPair();
    expect((await storage.metPairs.record(eventId, [newPair()])).ok).toBe(true);
    server.freeze();
    const since = performance.now();
    const recorded = await storage.metPairs.record(eventId, [pair]);
    server.thaw();
    expect(recorded).toEqual({ ok: false, error: 'storageFailed' });
    expect(performance.now() - since).toBeLessThan(8_000);
    const again = await storage.metPairs.record(eventId, [pair]);
    expect(again.ok).toBe(true);
    const stored = await storage.metPairs.load(eventId, 1);
    expect(stored.filter((row) => row.join() === pair.pair.toSorted().join())).toHaveLength(1);
  }, 60_000);

  it('ST25: the log says why, and names nobody', async () => {
    const pair = newPair();
    await storage.metPairs.record('0123456789abcdef01234567' as EventId, [pair]);
    const text = logged.join('');
    expect(text).toContain('23503');
    for (const value of [...pair.pair, '0123456789abcdef01234567', eventId])
      expect(text).not.toContain(value);
  });
});
