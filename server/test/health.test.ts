import fastify from 'fastify';
import { drizzle } from 'drizzle-orm/pglite';
import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { databaseReadiness } from '../db/databaseReadiness.ts';
import { health } from '../http/health.ts';
import type { ReadinessCheck } from '../ports/readinessCheck.ts';
import { HandClock } from './runnerScene.ts';

/** A part whose state the test sets; it counts how often it was asked. */
class Part implements ReadinessCheck {
  readonly part: ReadinessCheck['part'];
  up: boolean | 'silent' = true;
  asked = 0;
  constructor(part: ReadinessCheck['part']) {
    this.part = part;
  }
  works(): Promise<boolean> {
    this.asked += 1;
    return this.up === 'silent' ? new Promise(() => undefined) : Promise.resolve(this.up);
  }
}

/** The two routes, over parts that work as the test says. */
function start() {
  const [database, directory] = [new Part('database'), new Part('directory')];
  const app = fastify();
  const stop = new AbortController();
  const clock = new HandClock();
  health(app, { stopping: stop.signal, readinessChecks: [database, directory], clock });
  const ask = async (url: string) => {
    const { statusCode, body } = await app.inject({ url });
    return [statusCode, JSON.parse(body)];
  };
  return { ask, clock, stop, database, directory };
}

/** Lets what is under way come to where it waits for the clock. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

const OK = [200, { status: 'ok' }];

it('OP21: a part that cannot be reached is named, and its return is noticed', async () => {
  const { ask, clock, database, directory } = start();
  expect(await ask('/readyz')).toEqual(OK);
  database.up = false;
  clock.pass(1_000);
  expect(await ask('/readyz')).toEqual([503, { status: 'failing', parts: ['database'] }]);
  database.up = true;
  directory.up = false;
  clock.pass(1_000);
  expect(await ask('/readyz')).toEqual([503, { status: 'failing', parts: ['directory'] }]);
  expect(await ask('/healthz')).toEqual(OK);
  directory.up = true;
  clock.pass(1_000);
  expect(await ask('/readyz')).toEqual(OK);
});

it('OP21: a part that does not answer is not waited for longer than 2 s', async () => {
  const { ask, clock, database } = start();
  database.up = 'silent';
  const answer = ask('/readyz');
  while (clock.armed === 0) await turn();
  clock.pass(2_000);
  expect(await answer).toEqual([503, { status: 'failing', parts: ['database'] }]);
});

it('OP21: however many ask, a part is asked once a second; a server that stops asks nobody', async () => {
  const { ask, clock, stop, database } = start();
  await Promise.all(Array.from({ length: 20 }, () => ask('/readyz')));
  expect(database.asked).toBe(1);
  clock.pass(1_000);
  await ask('/readyz');
  expect(database.asked).toBe(2);
  clock.pass(1_000);
  stop.abort();
  expect(await ask('/readyz')).toEqual([503, { status: 'stopping' }]);
  expect(await ask('/healthz')).toEqual(OK);
  expect(database.asked).toBe(2);
});

it('OP21: a database that is gone does not work', async () => {
  const client = await PGlite.create();
  const watched = { takesWrites: () => true, outage: { lasts: false } };
  const readiness = databaseReadiness(drizzle({ client }), watched);
  expect(await readiness.works()).toBe(true);
  await client.close();
  expect(await readiness.works()).toBe(false);
}, 60_000);
