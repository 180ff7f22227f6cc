import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { readConfig } from '../config.ts';
import { copyDatabase } from './copyDatabase.ts';
import { LobbyClient } from './lobbyClient.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { anyToken, clientOf, startServer } from './startServer.ts';

const MAIN = join(import.meta.dirname, '..', 'main.ts');
let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** The server as people start it: its own process, from another working directory. */
function spawnServer(environment: Record<string, string>) {
  const env = { ...process.env, PORT: '0', FOYER_DATA: 'data', ...environment };
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (output.stdout += String(text)));
  child.stderr.on('data', (text) => (output.stderr += String(text)));
  const exited = once(child, 'exit');
  const listening = async () => {
    while (!output.stdout.includes('"listening"')) await once(child.stdout, 'data');
    const line = output.stdout.split('\n').find((each) => each.includes('"listening"'));
    return String(JSON.parse(line!).url);
  };
  return { child, output, exited, listening };
}

it('OP1, OP2, OP3: SIGTERM sends everybody away to come back and ends the process; the log has no secrets', async () => {
  const running = spawnServer({ LOG_LEVEL: 'trace' });
  const server = clientOf(await running.listening(), () => Promise.resolve());
  const group = await server.register({ visibility: 'unlisted', title: 'Secret title' });
  const { eventId } = group.event;
  await server.request('GET', `/organize/${eventId}?note=querystring`);
  await server.request('GET', `/api/events/${eventId}/console`, { bearer: group.ownerSecret });
  const inviteToken = group.inviteToken!;
  const deviceToken = anyToken();
  const enter = async (displayName: string) => {
    const joined = await server.join(eventId, {
      displayName,
      deviceToken: anyToken(),
      inviteToken,
    });
    const socket = await ScriptedSocket.open(joined.lobbyUrl);
    socket.send({ type: 'hello', version: PROTOCOL_VERSION, ticket: joined.ticket });
    socket.send({ type: 'ready' });
    return { joined, socket };
  };
  await server.join(eventId, { displayName: 'Zacharias', deviceToken, inviteToken });
  const people = [await enter('Quentin'), await enter('Rosalind')];
  const matches = [];
  for (const { socket } of people) {
    const found = await socket.until('matched', () => socket.frames.find(isMatched));
    matches.push(found.match);
  }
  const [{ peerId: id, brokerToken: token }] = matches as [(typeof matches)[0]];
  const query = new URLSearchParams({ key: 'peerjs', id, token });
  const broker = `${server.url.replace('http', 'ws')}/broker/peerjs?${query}`;
  const brokerSocket = await ScriptedSocket.open(broker);
  brokerSocket.send('{');
  const broken = await ScriptedSocket.open(people[0]!.joined.lobbyUrl);
  broken.send('{"type":"hello","ticket":"Wilhelmina"}');
  await broken.closed();

  running.child.kill('SIGTERM');
  for (const { socket } of people) expect(await socket.closed()).toBe(CLOSE.serverRestarting);
  expect(await brokerSocket.closed()).toBe(1001);
  expect(await running.exited).toEqual([0, null]);

  const log = running.output.stdout + running.output.stderr;
  expect(log).toContain('"stopped"');
  const secrets = [
    ...['Quentin', 'Rosalind', 'Zacharias', 'Wilhelmina', 'querystring', 'Secret title'],
    ...[group.ownerSecret, inviteToken, deviceToken, token],
    ...people.map(({ joined }) => joined.ticket),
    ...people.flatMap(({ socket }) =>
      JSON.stringify(socket.frames).match(/"resumeToken":"[^"]+/g)!,
    ),
  ];
  for (const secret of secrets) expect(log).not.toContain(secret.replace('"resumeToken":"', ''));
}, 60_000);

it('OP4: a second server on the same data says who holds it, and ends', async () => {
  await copyDatabase(join(folder, 'data'));
  const first = spawnServer({});
  await first.listening();
  const second = spawnServer({});
  expect(await second.exited).toEqual([1, null]);
  expect(second.output.stderr).toContain(`in use by process ${first.child.pid}`);
}, 60_000);

it('OP5: a server that was killed leaves a folder that opens again', async () => {
  await copyDatabase(join(folder, 'data'));
  const killed = spawnServer({});
  const { event } = await clientOf(await killed.listening(), () => Promise.resolve()).register();
  killed.child.kill('SIGKILL');
  await killed.exited;
  const next = spawnServer({});
  const server = clientOf(await next.listening(), () => Promise.resolve());
  expect((await server.join(event.eventId)).eventTitle).toBe('A talk');
}, 60_000);

it('OP6: a wrong environment ends the start with one sentence for each mistake', async () => {
  const running = spawnServer({ PORT: 'many', FOYER_ORIGINS: 'nonsense' });
  expect(await running.exited).toEqual([1, null]);
  const sentences = running.output.stderr.trim().split('\n');
  expect(sentences).toHaveLength(2);
  for (const sentence of sentences) expect(sentence).toMatch(/^(PORT|FOYER_ORIGINS) must .*\.$/);
}, 60_000);

describe('the environment', () => {
  it('OP7: with none the server is private to its machine, on port 8787, with data in ./.data', () => {
    expect(readConfig({})).toMatchObject({
      ok: true,
      value: {
        port: 8787,
        host: '127.0.0.1',
        publicUrl: null,
        data: './.data',
        origins: [],
        trustProxy: ['loopback'],
        ratePerMinute: 600,
        iceServers: [],
        logLevel: 'info',
      },
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['HOST', ''],
    ['FOYER_PUBLIC_URL', 'foyer.example'],
    ['FOYER_PUBLIC_URL', 'ftp://foyer.example'],
    ['FOYER_DATA', ''],
    ['FOYER_ORIGINS', 'https://a.example,nonsense'],
    ['FOYER_RATE_PER_MINUTE', '0'],
    ['FOYER_ICE_SERVERS', '{'],
    ['FOYER_ICE_SERVERS', '[{"urls":["http://x"]}]'],
    ['LOG_LEVEL', 'loud'],
  ])('OP6: %s=%s is a mistake that its message names', (name, value) => {
    const config = readConfig({ [name]: value });
    expect(config).toMatchObject({ ok: false, error: [expect.stringContaining(name)] });
  });

  it('OP8: the public address is used in every link', async () => {
    const environment = { FOYER_PUBLIC_URL: 'https://foyer.example/', FOYER_RATE_PER_MINUTE: '5' };
    const server = await startServer({ environment });
    try {
      const { event, ownerUrl } = await server.register();
      expect(ownerUrl).toMatch(/^https:\/\/foyer\.example\/organize\//);
      const joined = await server.join(event.eventId);
      expect(joined.lobbyUrl).toBe('wss://foyer.example/lobby');
      expect(joined.brokerUrl).toBe('https://foyer.example/broker/');
      const statuses = [];
      for (let asked = 0; asked < 6; asked += 1) {
        const answer = await server.request('POST', '/api/events', { body: {} });
        statuses.push(answer.status);
      }
      expect(statuses.slice(0, 4)).toEqual([400, 400, 400, 400]);
      expect(statuses.at(-1)).toBe(429);
    } finally {
      await server.close();
    }
  }, 60_000);
});

it('OP9: hello in time, signs of life: a silent socket is closed or dropped', async () => {
  const limits = { helloTimeoutMs: 100, socketPingMs: 60, socketSilenceMs: 150 };
  const server = await startServer({ limits });
  try {
    const silent = await ScriptedSocket.open(`${server.url.replace('http', 'ws')}/lobby`);
    expect(await silent.closed()).toBe(CLOSE.timedOut);
    const { event } = await server.register({ callSeconds: 900 });
    const ann = await LobbyClient.enter(server, event.eventId, { autoPong: false });
    ann.say({ type: 'ready' });
    const [ben] = await LobbyClient.enterReady(server, event.eventId, 'Ben');
    const match = await ann.matched();
    expect(await ann.socket.closed()).toBe(1006);
    const back = await ann.resume();
    expect((await back.next('welcome')).seat).toMatchObject({ phase: 'connecting', match });
    await ben!.settle();
    expect(ben!.heard()).not.toContain('ended');
  } finally {
    await server.close();
  }
}, 60_000);

function isMatched(
  frame: unknown,
): frame is { type: 'matched'; match: { peerId: string; brokerToken: string } } {
  return typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === 'matched';
}
