import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { EmbeddedClient, EmbeddedEnded } from '../db/embeddedClient.ts';
import { guardPglite } from '../db/guardedPglite.ts';
import { openEmbedded } from '../db/openEmbedded.ts';
import type { OpenDatabase } from '../db/openDatabase.ts';
import { createLog } from '../log.ts';
import { findPlaces } from '../places.ts';

const { migrationsFolder } = findPlaces(join(import.meta.dirname, '..'));
/** Work of a tenth of a second and more for the database, and nothing to pass on. */
const LONG = sql`select count(*) as rows from generate_series(1, 1000000)`;
const SILENT = pino({ level: 'silent' });

let opened: OpenDatabase;
beforeAll(async () => {
  const result = await openEmbedded({ data: 'memory:', migrationsFolder, log: SILENT });
  if (!result.ok) throw new Error(result.error);
  opened = result.value;
});
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.database.execute(sql`create table notes (text text primary key)`);
});
afterEach(async () => {
  await opened.database.execute(sql`drop table notes`);
});

const write = (text: string) => sql`insert into notes values (${text})`;
async function notes() {
  const found = await opened.database
    .select({ text: sql<string>`text` })
    .from(sql`notes`)
    .orderBy(sql`text`);
  return found.map(({ text }) => text);
}

it('ST35: the process goes on while the embedded database works', async () => {
  let turns = 0;
  let working = true;
  const turn = () => {
    turns += 1;
    if (working) setImmediate(turn);
  };
  setImmediate(turn);
  await opened.database.execute(LONG);
  working = false;
  // In the process's own thread it would have been two or three.
  expect(turns).toBeGreaterThan(100);
});

it('ST36: of a transaction that fails nothing stays, and its error is the one that was thrown', async () => {
  const { database } = opened;
  const failing = database.transaction(async (transaction) => {
    await transaction.execute(write('gone'));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  const twice = database.transaction(async (transaction) => {
    await transaction.execute(write('gone'));
    await transaction.execute(write('gone'));
  });
  await expect(twice).rejects.toMatchObject({ cause: { code: '23505', severity: 'ERROR' } });
  await database.transaction((transaction) => transaction.execute(write('kept')));
  expect(await notes()).toEqual(['kept']);
});

it('ST36: transactions come one after the other, and nobody reads in the middle of one', async () => {
  const { database } = opened;
  const begun = Promise.withResolvers<null>();
  const goOn = Promise.withResolvers<null>();
  const first = database.transaction(async (transaction) => {
    await transaction.execute(write('first'));
    begun.resolve(null);
    await goOn.promise;
    await transaction.execute(write('last'));
  });
  await begun.promise;
  const second = database.transaction(async (transaction) => {
    await transaction.execute(sql`update notes set text = text || ' seen'`);
  });
  const reading = notes();
  goOn.resolve(null);
  await Promise.all([first, second]);
  expect([[], ['first', 'last'], ['first seen', 'last seen']]).toContainEqual(await reading);
  expect(await notes()).toEqual(['first seen', 'last seen']);
});

it('ST37: a database whose thread has ended is not asked again, which is said once', async () => {
  const logged: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (line) => logged.push(String(line)));
  const client = await EmbeddedClient.open({});
  const guarded = guardPglite(client, { room: null, log: createLog('info', stream) });
  const asked = guarded.query('select count(*) from generate_series(1, 1000000)');
  await Promise.all([client.terminate(), expect(asked).rejects.toBeInstanceOf(EmbeddedEnded)]);
  expect(guarded.isStopped()).toBe(true);
  const late = guarded.transaction(() => Promise.resolve());
  await expect(late).rejects.toMatchObject({ code: 'stopped' });
  await expect(guarded.query('select 1')).rejects.toMatchObject({ code: 'stopped' });
  expect(logged.filter((line) => line.includes('has stopped'))).toHaveLength(1);
  await client.close();
});

it('ST37: a database that hangs does not hold up the end', async () => {
  const client = await EmbeddedClient.open({});
  const hanging = client.query('select count(*) from generate_series(1, 100000000000)');
  await Promise.all([expect(hanging).rejects.toBeInstanceOf(EmbeddedEnded), client.close(50)]);
}, 20_000);
