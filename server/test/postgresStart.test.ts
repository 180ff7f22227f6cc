import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { newDatabase } from './newDatabase.ts';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
const SENTENCE = /^The database stopped answering while the server was starting \(.+\)\. .+\.$/;

/** A way to PostgreSQL that lets one connection through, the one that makes the tables. */
let way: Server;
let url: string;
let open = 0;

beforeEach(async () => {
  const target = new URL(await newDatabase(inject('postgresUrl')));
  const port = Number(target.port);
  way = createServer((here) => {
    way.close();
    open += 1;
    here.once('close', () => (open -= 1));
    const there = connect(port, target.hostname);
    here.pipe(there).pipe(here);
    for (const end of [here, there]) end.on('error', () => undefined);
  });
  way.listen(0, '127.0.0.1');
  await once(way, 'listening');
  target.port = String((way.address() as AddressInfo).port);
  url = target.href;
});
afterEach(() => void way.close());

it('OP25: a database that goes between its tables and the first setting ends the start with one sentence', async () => {
  const env = { ...process.env, PORT: '0', DATABASE_URL: url, LOG_LEVEL: 'info' };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const pipe of [child.stdout, child.stderr])
    pipe.on('data', (text) => (said += String(text)));
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(said.trim()).toMatch(SENTENCE);
  expect(said).not.toContain(new URL(url).password);
}, 60_000);

it('OP25: and leaves nothing open', async () => {
  const config = readConfig({ PORT: '0', DATABASE_URL: url, FOYER_METRICS_PORT: '0' });
  if (!config.ok) throw new Error(config.error.join());
  const app = await createApp(config.value, { log: pino({ level: 'silent' }) });
  expect(app).toEqual({ ok: false, error: expect.stringMatching(SENTENCE) });
  expect(open).toBe(0);
}, 60_000);
