import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LookupAnswerSchema, type JoinAnswer } from '../../shared/protocol/http.ts';
import { keyHash } from '../../shared/eventKey/keyHash.ts';
import { readConfig } from '../config.ts';
import { LobbyClient } from './lobbyClient.ts';
import { newDatabase } from './newDatabase.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { startRedis, type RedisServer } from './startRedis.ts';
import { anyAddress, shaped, startServer, type TestServer } from './startServer.ts';

let redis: RedisServer;
let shared: Record<string, string>;
const running: TestServer[] = [];

beforeAll(async () => {
  redis = await startRedis();
  shared = {
    REDIS_URL: redis.url,
    DATABASE_URL: await newDatabase(inject('postgresUrl')),
    DATABASE_POOL_SIZE: '4',
    FOYER_LEASE_MS: '600',
  };
});
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));
afterAll(() => redis.close());

async function node(name: string, environment: Record<string, string> = {}): Promise<TestServer> {
  const server = await startServer({
    environment: { ...shared, FOYER_NODE: name, ...environment },
  });
  running.push(server);
  return server;
}

/** Joins at one node, and comes to the owner's sockets as through a proxy that knows its prefix. */
function through(asked: TestServer, owner: TestServer): TestServer {
  return {
    ...asked,
    async join(eventId, changes) {
      const joined = await asked.join(eventId, changes);
      return { ...joined, lobbyUrl: socketUrl(owner, joined) };
    },
  };
}

function socketUrl({ url }: TestServer, { lobbyUrl }: JoinAnswer): string {
  return new URL(new URL(lobbyUrl).pathname, url.replace('http', 'ws')).href;
}

describe('two nodes on one Redis and one database', () => {
  it('CU11: whichever node is asked names the owner, and its ticket opens the door there alone', async () => {
    const [a, b] = [await node('a'), await node('b')];
    const { event } = await a.register();
    const first = await a.join(event.eventId);
    const second = await b.join(event.eventId);
    for (const [joined, { url }] of [
      [first, a],
      [second, b],
    ] as const) {
      expect(joined.lobbyUrl).toBe(`${url.replace('http', 'ws')}/n/a/lobby`);
      expect(joined.brokerUrl).toBe(`${url}/n/a/broker/`);
    }
    expect(await ScriptedSocket.refusal(socketUrl(b, second))).toBe(404);
    const guests = [
      await LobbyClient.enter(through(b, a), event.eventId),
      await LobbyClient.enter(through(a, a), event.eventId),
    ];
    for (const guest of guests) guest.say({ type: 'ready' });
    await Promise.all(guests.map((guest) => guest.matched()));
  });

  it('CU11: a node with an address of its own is named by it', async () => {
    const [a, b] = [await node('a', { FOYER_NODE_URL: 'https://a.example/' }), await node('b')];
    const { event } = await a.register();
    await a.join(event.eventId);
    const joined = await b.join(event.eventId);
    expect(joined.lobbyUrl).toBe('wss://a.example/lobby');
    expect(joined.brokerUrl).toBe('https://a.example/broker/');
  });

  it('CU7: a lookup at any node counts who is in the lobby', async () => {
    const [a, b] = [await node('a'), await node('b')];
    const { event } = await a.register({ addresses: [anyAddress()] });
    await LobbyClient.enter(through(a, a), event.eventId);
    const prefix = (await keyHash(event.addresses[0]!.key)).slice(0, 5);
    const here = async () => {
      const answer = await b.request('GET', `/api/lookup/${prefix}`);
      return shaped(LookupAnswerSchema, answer, 200).events[0]?.here;
    };
    // With the next renewal, 200 ms away at most.
    while ((await here()) !== 1);
  });

  it('CU8: an event that is closed through another node closes', async () => {
    const [a, b] = [await node('a'), await node('b')];
    const { event, ownerSecret } = await a.register();
    const guest = await LobbyClient.enter(through(a, a), event.eventId);
    const path = `/api/events/${event.eventId}`;
    const answer = await b.request('PATCH', path, { bearer: ownerSecret, body: { closed: true } });
    expect(answer.status).toBe(200);
    expect(await guest.socket.closed()).toBe(CLOSE.lobbyClosed);
  });

  it('CU13: what a node gave back is opened by the next one that is asked', async () => {
    const [a, b] = [await node('a'), await node('b')];
    const { event } = await a.register();
    await a.join(event.eventId);
    await a.close();
    expect((await b.join(event.eventId)).lobbyUrl).toMatch(/\/n\/b\/lobby$/);
  });
});

it.each([
  ['REDIS_URL needs DATABASE_URL', { REDIS_URL: 'redis://r', FOYER_NODE: 'a' }, 'DATABASE_URL'],
  [
    'REDIS_URL needs FOYER_NODE',
    { REDIS_URL: 'redis://r', DATABASE_URL: 'postgres://d/f' },
    'FOYER_NODE',
  ],
  ['FOYER_NODE needs REDIS_URL', { FOYER_NODE: 'a' }, 'REDIS_URL'],
  ['REDIS_URL is an address', { REDIS_URL: 'localhost' }, 'REDIS_URL'],
  ['FOYER_NODE is a name', { FOYER_NODE: 'Node 1' }, 'FOYER_NODE'],
  ['FOYER_LEASE_MS is a time', { FOYER_LEASE_MS: '5' }, 'FOYER_LEASE_MS'],
])('CU16: %s', (_, environment, named) => {
  const config = readConfig(environment as Record<string, string>);
  expect(config).toMatchObject({ ok: false, error: [expect.stringContaining(named)] });
});
