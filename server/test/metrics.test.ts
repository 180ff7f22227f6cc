import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { figuresOf, parseFigures, type Figures } from './figuresOf.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { anyToken, startServer, type TestServer } from './startServer.ts';

const TOKEN = 'a-token-for-the-figures';
const ROOT = join(import.meta.dirname, '..', '..');
/** With a relay service that is not there. */
const WATCHED = {
  environment: {
    FOYER_METRICS_TOKEN: TOKEN,
    TURN_METERED_URL: 'http://127.0.0.1:1',
    TURN_METERED_SECRET_KEY: 'a-key-of-theirs',
  },
};
const CLOSED_ODDLY = 'foyer_socket_closes_total{kind="lobby",code="other"}';
const open: (() => Promise<void>)[] = [];
/** For the tests that neither need nor leave anything that another would count. */
let shared: TestServer;

beforeAll(async () => {
  shared = await startServer(WATCHED);
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});
afterAll(() => shared.close());

/** The figures once one of them has the value that was caused before. */
async function figuresWhen(server: TestServer, name: string, value: number): Promise<Figures> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const figures = await figuresOf(server, TOKEN);
    if (figures.get(name) === value) return figures;
    if (performance.now() > deadline) throw new Error(`${name} is ${figures.get(name)}`);
  }
}

it('OP10: nobody sees the figures of a server that was not asked to show them', async () => {
  const server = await startServer();
  open.push(() => server.close());
  expect((await server.request('GET', '/metrics')).status).toBe(404);
}, 60_000);

it('OP11: with a token alone they are on the public port, for those who have it', async () => {
  const server = shared;
  expect((await server.request('GET', '/metrics')).status).toBe(401);
  for (const bearer of ['', 'wrong', `${TOKEN}x`, 'x'.repeat(TOKEN.length)]) {
    expect((await server.request('GET', '/metrics', { bearer })).status).toBe(401);
  }
  const answer = await server.request('GET', '/metrics', { bearer: TOKEN });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  expect(answer.body).toContain('nodejs_eventloop_lag_p99_seconds');
}, 60_000);

it('OP12: a port of their own has them, and the public one does not', async () => {
  const log = new PassThrough();
  const lines: string[] = [];
  log.on('data', (line) => lines.push(String(line)));
  const config = readConfig({ PORT: '0', FOYER_DATA: 'memory:', FOYER_METRICS_PORT: '0' });
  if (!config.ok) throw new Error(config.error.join());
  const app = await createApp(config.value, { log: createLog('info', log) });
  if (!app.ok) throw new Error(app.error);
  open.push(() => app.value.close());
  const url = await app.value.listen();
  const told = lines.find((line) => line.includes('"metrics"'));
  const figures = new URL(String(JSON.parse(told ?? '{}').url));
  expect(figures.hostname).toBe('127.0.0.1');
  expect(parseFigures(await (await fetch(figures)).text()).get('foyer_lobbies')).toBe(0);
  expect((await fetch(new URL('/metrics', url))).status).toBe(404);
}, 60_000);

it('OP12: a port of theirs that is taken is told by its name', () => {
  const taken = new URL(shared.url).port;
  const main = join(import.meta.dirname, '..', 'main.ts');
  const own = { PORT: '0', FOYER_DATA: 'memory:', FOYER_METRICS_PORT: taken };
  const env = { PATH: process.env['PATH'], ...own };
  const { status, stderr } = spawnSync(process.execPath, [main], { env });
  expect([status, String(stderr)]).toEqual([
    1,
    `Port ${taken} is taken by another program. Choose another with FOYER_METRICS_PORT.\n`,
  ]);
}, 60_000);

it('OP13: they show who is here and what they do', async () => {
  const server = await startServer(WATCHED);
  open.push(() => server.close());
  const { event } = await server.register({ callSeconds: 900 });
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
  await startTalking(ann!, ben!);
  const [cem] = await LobbyClient.enterReady(server, event.eventId, 'Cem');
  const eve = await LobbyClient.enter(server, event.eventId);
  eve.socket.cut();
  const dag = await LobbyClient.enter(server, event.eventId);
  const figures = await figuresWhen(server, 'foyer_members{phase="away"}', 1);
  const phases = ['idle', 'waiting', 'connecting', 'live', 'goodbye', 'away'];
  const members = phases.map((phase) => figures.get(`foyer_members{phase="${phase}"}`));
  expect(members).toEqual([1, 1, 0, 2, 0, 1]);
  expect(figures.get('foyer_lobbies')).toBe(1);
  expect(figures.get('foyer_sockets{kind="lobby"}')).toBe(4);
  expect(figures.get('foyer_socket_closes_total{kind="lobby",code="1006"}')).toBe(1);
  for (const client of [cem, dag]) client!.socket.close();
  const later = await figuresWhen(server, 'foyer_sockets{kind="lobby"}', 2);
  expect(later.get('foyer_members{phase="idle"}')).toBe(0);
}, 60_000);

it('OP14: they show how long people wait and how their calls go', async () => {
  const server = shared;
  const { event } = await server.register({ callSeconds: 900 });
  const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
  const { matchId } = await startTalking(ann!, ben!);
  ann!.say({ type: 'endCall', matchId, reason: 'left' });
  await ben!.next('ended');
  const [cem] = await LobbyClient.enterReady(server, event.eventId, 'Cem');
  const { matchId: next } = await cem!.matched();
  cem!.say({ type: 'endCall', matchId: next, reason: 'failed' });
  await cem!.next('ended');
  const figures = await figuresOf(server, TOKEN);
  const calls = (reason: string) =>
    figures.get(
      `foyer_calls_ended_total{reason="${reason}",relay_only="false",relay_available="false",path="none"}`,
    );
  expect([calls('left'), calls('connectFailed'), calls('abandoned')]).toEqual([1, 1, undefined]);
  expect(figures.get('foyer_wait_seconds_count')).toBe(4);
  expect(figures.get('foyer_match_to_media_seconds_count{sides="one",path="none"}')).toBe(2);
  expect(figures.get('foyer_match_to_media_seconds_count{sides="both",path="none"}')).toBe(1);
  expect(figures.get('foyer_pairs_total{outcome="stored"}')).toBe(2);
  expect(figures.get('foyer_pairs_total{outcome="refused"}')).toBe(0);
  expect(figures.get('foyer_pair_commit_seconds_count')).toBe(2);
  const failures = 'foyer_relay_failures_total{service="metered",cause="unreachable"}';
  expect(figures.get(failures)).toBeGreaterThanOrEqual(1);
}, 60_000);

it('OP15: refusals are counted by reason; what anybody may invent is no label', async () => {
  const server = shared;
  const { event } = await server.register();
  const join = `/api/events/${event.eventId}/join`;
  await server.request('POST', join, { body: { displayName: 'Zacharias' } });
  await server.request('POST', `/api/events/${anyToken()}/join`, { body: {} });
  await server.request('GET', '/invented/by/a/scanner?with=words');
  const client = await LobbyClient.enter(server, event.eventId, { name: 'Quentin' });
  client.socket.close(3999);
  await client.socket.closed();
  const sockets = server.url.replace('http', 'ws');
  await ScriptedSocket.refusal(`${sockets}/invented`);
  await ScriptedSocket.refusal(`${sockets}/broker/peerjs?key=peerjs&id=x&token=y`);
  const figures = await figuresWhen(server, CLOSED_ODDLY, 1);
  const route = '/api/events/:eventId/join';
  const refused = (reason: string) =>
    figures.get(`foyer_refusals_total{route="${route}",reason="${reason}"}`);
  expect(refused('badRequest')).toBe(2);
  expect(figures.get('foyer_upgrades_refused_total{status="404"}')).toBe(1);
  expect(figures.get('foyer_upgrades_refused_total{status="401"}')).toBe(1);
  const text = [...figures.keys()].join('\n');
  expect(text).not.toMatch(/invented|scanner|words|Zacharias|Quentin|3999/);
  expect(text).not.toContain(event.eventId);
}, 60_000);

it('OP16: every figure that the dashboard draws is among them', async () => {
  const server = shared;
  const page = String((await server.request('GET', '/metrics', { bearer: TOKEN })).body);
  const there = new Set([...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
  const dashboard = readFileSync(join(ROOT, 'docs', 'operation', 'grafana.json'), 'utf8');
  const { panels } = JSON.parse(dashboard) as { panels: { targets?: { expr: string }[] }[] };
  const drawn = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  const named = drawn.flatMap((expr) => expr.match(/\b(foyer|nodejs|process)_[a-z0-9_]+/g) ?? []);
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter((name) => !there.has(name.replace(/_(bucket|sum|count)$/, '')));
  expect(missing).toEqual([]);
  const ours = [...there].filter((name) => name?.startsWith('foyer_'));
  expect(ours.filter((name) => !dashboard.includes(name!))).toEqual([]);
}, 60_000);
