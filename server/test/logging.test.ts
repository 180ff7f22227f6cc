import { PassThrough } from 'node:stream';
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
