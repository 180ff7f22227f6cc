import { PassThrough } from 'node:stream';
import { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pglite';
import { expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';

it('OP22: each answer carries the id of its line in the log, and no two have the same', async () => {
  const stream = new PassThrough();
  const lines: Record<string, unknown>[] = [];
  stream.on('data', (line) => lines.push(JSON.parse(String(line))));
  const config = readConfig({ PORT: '0', FOYER_DATA: 'memory:' });
  if (!config.ok) throw new Error(config.error.join());
  const app = await createApp(config.value, { log: createLog('debug', stream) });
  if (!app.ok) throw new Error(app.error);
  const url = await app.value.listen();
  const asked = ['/healthz', '/api/lookup/12345', '/api/lookup/nonsense?note=querystring', '/none'];
  const answers = await Promise.all(asked.map((path) => fetch(new URL(path, url))));
  await app.value.close();

  const ids = answers.map(({ headers }) => headers.get('x-request-id'));
  expect(new Set(ids).size).toBe(asked.length);
  const logged = ids.map((id) =>
    lines.find(({ reqId, msg }) => reqId === id && msg === 'answered'),
  );
  const shown = logged.map((line) => [line?.['route'], line?.['status'], line?.['refusal']]);
  expect(shown).toEqual([
    ['/healthz', 200, null],
    ['/api/lookup/:prefix', 200, null],
    ['/api/lookup/:prefix', 400, 'badRequest'],
    ['none', 404, 'notFound'],
  ]);
  expect(JSON.stringify(lines)).not.toContain('querystring');
}, 60_000);

it('OP3: what a failed query was about is not in the log', async () => {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.on('data', (line) => lines.push(String(line)));
  const log = createLog('trace', stream);
  const client = await PGlite.create();
  const query = drizzle({ client }).execute(sql`select ${'marigold'} from no_such_table`);
  const error: unknown = await query.catch((reason: unknown) => reason);
  await client.close();
  expect(String(error)).toContain('marigold');
  log.error({ err: error }, 'failed');
  log.error({ err: new Error('outer', { cause: error }) }, 'failed');
  expect(lines.join()).not.toContain('marigold');
  expect(lines[0]).toContain('"code":"42P01"');
  expect(lines[0]).toContain('logging.test.ts');
  expect(lines[1]).toContain('"message":"outer"');
}, 60_000);

it('OP3: an error that goes in a ring, and what is no error, can be logged', () => {
  const stream = new PassThrough();
  const log = createLog('trace', stream);
  const ring = new Error('ring');
  ring.cause = ring;
  for (const thrown of [ring, 'text', null, undefined, { message: 'x' }])
    log.error({ err: thrown }, 'failed');
  const lines = String(stream.read()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).err?.type)).toEqual([
    'Error',
    'string',
    'object',
    undefined,
    'object',
  ]);
});
