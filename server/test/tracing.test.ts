import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { openTracing } from '../operation/openTracing.ts';
import { silentTracer } from '../ports/tracer.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { startServer } from './startServer.ts';
import { startTraceCollector, type TraceCollector } from './traceCollector.ts';

let collector: TraceCollector;

beforeEach(async () => {
  collector = await startTraceCollector();
});
afterEach(() => collector.close());

it('OP23: requests, greetings, commands and pair commits arrive at the collector, each in its place', async () => {
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
    // The collector is no relay service, and its answer is not understood.
    TURN_CLOUDFLARE_API: collector.url,
    TURN_CLOUDFLARE_KEY_ID: 'key',
    TURN_CLOUDFLARE_API_TOKEN: 'a-token-of-theirs',
  };
  const server = await startServer({ environment });
  const { event } = await server.register({ title: 'Secret title' });
  await server.request('GET', '/organize/invented?note=querystring');
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Zacharias', 'Quentin');
  await startTalking(ann!, ben!);
  const unknown = await ScriptedSocket.open(ann!.joined.lobbyUrl);
  unknown.send({ type: 'hello', version: 0, ticket: 'x'.repeat(32) });
  await unknown.closed();
  await server.close();

  const { spans } = collector;
  const named = (name: string) => spans.filter((span) => span.name === name);
  const routes = named('HTTP POST').map(({ attributes }) => attributes['route']);
  expect(routes).toContain('/api/events');
  expect(routes.filter((route) => route === '/api/events/:eventId/join')).toHaveLength(2);
  expect(named('HTTP GET')[0]!.attributes).toMatchObject({ route: '/organize/:eventId' });
  expect(
    named('lobby greeting')
      .map(({ failed }) => failed)
      .toSorted(),
  ).toEqual([false, false, true]);
  expect(named('relay credentials')[0]).toMatchObject({
    failed: true,
    attributes: { service: 'cloudflare' },
  });
  const [commit] = named('pairs commit');
  expect(commit!.attributes).toMatchObject({ pairs: 1, eventId: event.eventId });
  const around = spans.find(({ spanId }) => spanId === commit!.parentSpanId);
  expect(around).toMatchObject({ name: 'lobby commands', attributes: { eventId: event.eventId } });
  const sent = collector.bodies.join();
  for (const secret of [
    'Secret title',
    'querystring',
    'Zacharias',
    'Quentin',
    ann!.resumeToken,
    'a-token-of-theirs',
  ]) {
    expect(sent).not.toContain(secret);
  }
}, 60_000);

it('OP23: without a collector nothing is loaded, and nothing goes anywhere', async () => {
  const tracing = await openTracing(null, createLog('silent'));
  expect(tracing.tracer).toBe(silentTracer);
  const server = await startServer();
  await server.register();
  await server.close();
  expect(collector.bodies).toEqual([]);
}, 60_000);

it('OP24: a collector that is not there is a warning, and holds nothing up', async () => {
  await collector.close();
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.on('data', (line) => lines.push(String(line)));
  const { tracer, close } = await openTracing(collector.url, createLog('info', stream));
  tracer.begin('work', {}).end();
  const from = performance.now();
  await close();
  expect(performance.now() - from).toBeLessThan(3_000);
  expect(lines.join()).toContain('"level":40');
}, 60_000);
