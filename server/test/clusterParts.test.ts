import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keyHash } from '../../shared/eventKey/keyHash.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import {
  ConsoleAnswerSchema,
  LookupAnswerSchema,
  type ChangeRequest,
  type RegisterAnswer,
} from '../../shared/protocol/http.ts';
import { freePort } from './freePort.ts';
import { LobbyClient } from './lobbyClient.ts';
import { newDatabase } from './newDatabase.ts';
import { startRedis } from './startRedis.ts';
import { anyToken, shaped, startServer, type TestServer } from './startServer.ts';

/** People in one part. */
const MOST = 3;
const limits = { membersPerLobby: MOST, entriesPerMinute: 10_000 };
/** What one node knows of another is a few seconds old at most. */
const TRY_MS = 15_000;

interface Person {
  readonly name?: string;
  readonly deviceToken?: string;
}

/** One that is alone, or two of which either may be asked. */
interface Nodes {
  readonly servers: readonly [TestServer, TestServer];
  close(): Promise<unknown>;
}

async function alone(): Promise<Nodes> {
  const server = await startServer({ limits });
  return { servers: [server, server], close: () => server.close() };
}

async function twoNodes(): Promise<Nodes> {
  const redis = await startRedis();
  const shared = {
    REDIS_URL: redis.url,
    DATABASE_URL: await newDatabase(inject('postgresUrl')),
    DATABASE_POOL_SIZE: '4',
    FOYER_LEASE_MS: '900',
  };
  const start = async (name: string) => {
    const port = String(await freePort());
    const own = { PORT: port, FOYER_NODE: name, FOYER_NODE_URL: `http://127.0.0.1:${port}` };
    return startServer({ environment: { ...shared, ...own }, limits });
  };
  const [a, b] = [await start('a'), await start('b')];
  const close = () => Promise.all([a.close(), b.close()]).then(() => redis.close());
  return { servers: [a, b], close };
}

describe.each([
  ['a node that is alone', alone],
  ['two nodes on one Redis', twoNodes],
])('%s', (_, open) => {
  let nodes: Nodes;
  let servers: Nodes['servers'];
  let asked = 0;
  beforeAll(async () => {
    nodes = await open();
    ({ servers } = nodes);
  });
  afterAll(() => nodes.close());

  /** As the extension does: through any node, and again where it was full. */
  function enter(eventId: string, person: Person = {}): Promise<LobbyClient> {
    asked += 1;
    return knockUntilIn([servers[asked % 2]!, servers[(asked + 1) % 2]!], eventId, person);
  }

  /** Leaves again wherever else people are sent to. */
  async function seat(eventId: string, part: number, person: Person = {}): Promise<LobbyClient> {
    const until = performance.now() + TRY_MS;
    while (performance.now() < until) {
      const client = await enter(eventId, person);
      if (client.part === part) return client;
      await leave(client);
    }
    throw new Error(`Nobody is sent to part ${part}.`);
  }

  async function fill(eventId: string, part: number): Promise<LobbyClient[]> {
    const clients: LobbyClient[] = [];
    while (clients.length < MOST) clients.push(await seat(eventId, part));
    return clients;
  }

  async function enterAll(eventId: string, count: number): Promise<LobbyClient[]> {
    const clients: LobbyClient[] = [];
    while (clients.length < count) clients.push(await enter(eventId));
    return clients;
  }

  const register = () => servers[0].register({ callSeconds: 900 });

  async function leave(client: LobbyClient): Promise<void> {
    client.say({ type: 'leave' });
    await client.socket.closed();
  }

  /** What each node says of it, as soon as it is what it should be. */
  async function everywhere<T>(look: (server: TestServer) => Promise<T>, wanted: T): Promise<void> {
    for (const server of servers) {
      await expect.poll(() => look(server), { timeout: 10_000 }).toEqual(wanted);
    }
  }

  function change({ event, ownerSecret }: RegisterAnswer, body: ChangeRequest) {
    const path = `/api/events/${event.eventId}`;
    return servers[0].request('PATCH', path, { bearer: ownerSecret, body });
  }

  it('CU30, CU32: people fill one part after the other, and none takes more than it may', async () => {
    const { event } = await register();
    const crowd = await Promise.all(Array.from({ length: 8 }, () => enter(event.eventId)));
    const parts = new Set(crowd.map(({ part }) => part));
    for (const each of parts) {
      expect(crowd.filter(({ part }) => part === each).length).toBeLessThanOrEqual(MOST);
    }
    expect(parts.has(1)).toBe(true);
    expect(parts.size).toBeGreaterThanOrEqual(3);
    // A node that is alone knows all, and opens no part too early.
    if (servers[0] === servers[1]) expect(parts.size).toBe(3);
  });

  it('CU30: a ticket holds a place', async () => {
    const { eventId } = (await register()).event;
    for (let tickets = 0; tickets < MOST; tickets += 1) await servers[0].join(eventId);
    expect((await LobbyClient.enter(servers[0], eventId)).part).toBe(2);
  });

  it('CU33: people see who is in their part; lookups and the console count all', async () => {
    const registered = await register();
    const { event, ownerSecret } = registered;
    const crowd = await enterAll(event.eventId, 5);
    const inTheirs = crowd.filter(({ part }) => part === crowd[0]!.part).length;
    await crowd[0]!.socket.until('the presence of this part', () => {
      const frames = crowd[0]!.socket.frames as { type: string; presence?: { here: number } }[];
      return frames.some(({ presence }) => presence?.here === inTheirs) ? true : undefined;
    });
    const prefix = (await keyHash(event.addresses[0]!.key)).slice(0, 5);
    await everywhere(async (server) => {
      const answer = await server.request('GET', `/api/lookup/${prefix}`);
      const { events } = shaped(LookupAnswerSchema, answer, 200);
      return events.find(({ eventId }) => eventId === event.eventId)?.here;
    }, 5);
    await everywhere(async (server) => {
      const path = `/api/events/${event.eventId}/console`;
      const answer = await server.request('GET', path, { bearer: ownerSecret });
      return shaped(ConsoleAnswerSchema, answer, 200).counts.here;
    }, 5);
  });

  it('CU34: a change of the event reaches all its parts', async () => {
    const registered = await register();
    const { eventId } = registered.event;
    const crowd: LobbyClient[] = [];
    while (crowd.length < MOST) crowd.push(await LobbyClient.enter(servers[0], eventId));
    // Where there are two nodes, the one that is told of the change runs one part only.
    crowd.push(await knockUntilIn([servers[1]], eventId));
    expect(crowd.map(({ part }) => part)).toEqual([1, 1, 1, 2]);
    expect((await change(registered, { paused: true })).status).toBe(200);
    for (const client of crowd) {
      expect((await client.next('pairing')).pairing).toEqual({ state: 'paused' });
    }
    expect((await change(registered, { closed: true })).status).toBe(200);
    for (const client of crowd) expect(await client.socket.closed()).toBe(CLOSE.lobbyClosed);
  });

  it('CU31: who comes back comes to the part they were in', async () => {
    const { eventId } = (await register()).event;
    const [dag, fox] = await fill(eventId, 1);
    const deviceToken = anyToken();
    const eve = await seat(eventId, 2, { deviceToken });
    await seat(eventId, 2);
    // A newcomer goes to the first part now, which has more room.
    for (const client of [dag!, fox!]) await leave(client);
    expect((await seat(eventId, 1)).part).toBe(1);
    const again = await enter(eventId, { deviceToken });
    expect(again.part).toBe(2);
    expect(await eve.socket.closed()).toBe(CLOSE.replaced);
  });

  it('CU36: a dropped socket resumes its seat in its own part', async () => {
    const { eventId } = (await register()).event;
    await fill(eventId, 1);
    const [ann, ben] = [await seat(eventId, 2), await seat(eventId, 2)];
    for (const client of [ann, ben]) client.say({ type: 'ready' });
    const match = await ann.matched();
    ann.socket.cut();
    const back = await ann.resume();
    expect((await back.next('welcome')).seat).toMatchObject({ match });
  });

  it('CU35: who met in one part is not introduced again in another', async () => {
    const { eventId } = (await register()).event;
    const [dag, ...others] = await fill(eventId, 1);
    const ann = { name: 'Ann', deviceToken: anyToken() };
    const ben = { name: 'Ben', deviceToken: anyToken() };
    const inSecond = [await seat(eventId, 2, ann), await seat(eventId, 2, ben)];
    for (const client of inSecond) client.say({ type: 'ready' });
    for (const client of inSecond) await client.matched();
    for (const client of [...inSecond, ...others]) await leave(client);
    // The first part was there before they met, and knows nothing of it.
    const [annAgain, benAgain] = [await seat(eventId, 1, ann), await seat(eventId, 1, ben)];
    for (const client of [annAgain, benAgain]) client.say({ type: 'ready' });
    for (const client of [annAgain, benAgain]) await client.next('waiting');
    dag!.say({ type: 'ready' });
    const met = await dag!.matched();
    expect(['Ann', 'Ben']).toContain(met.partnerName);
    const [lucky, left] = met.partnerName === 'Ann' ? [annAgain, benAgain] : [benAgain, annAgain];
    expect((await lucky.matched()).matchId).toBe(met.matchId);
    await left.settle();
    expect(left.heard()).not.toContain('matched');
  });
});

it('CU37: parts run on different nodes, and one that stops takes no other part with it', async () => {
  const { servers, close } = await twoNodes();
  try {
    const [a, b] = servers;
    const { eventId } = (await a.register()).event;
    const first = [];
    while (first.length < MOST) first.push(await LobbyClient.enter(a, eventId));
    const inSecond = await knockUntilIn([b], eventId);
    expect(inSecond.part).toBe(2);
    expect(new URL(inSecond.joined.lobbyUrl).host).toBe(new URL(b.url).host);
    const stopped = a.close();
    for (const client of first) {
      expect(await client.socket.closed()).toBe(CLOSE.serverRestarting);
    }
    await stopped;
    expect((await knockUntilIn([b], eventId)).part).toBe(2);
    await inSecond.settle();
    expect(inSecond.socket.closeCode).toBeNull();
  } finally {
    await close();
  }
});

/** Asks one after the other: a node may not know yet that a lobby of another one is full. */
async function knockUntilIn(
  nodes: readonly TestServer[],
  eventId: string,
  { name = 'Ann', deviceToken = anyToken() }: Person = {},
): Promise<LobbyClient> {
  const person = { name, deviceToken };
  const until = performance.now() + TRY_MS;
  for (let attempt = 0; performance.now() < until; attempt += 1) {
    const entered = await LobbyClient.knock(nodes[attempt % nodes.length]!, eventId, person);
    if (entered instanceof LobbyClient) return entered;
    expect(entered).toBe(CLOSE.lobbyFull);
  }
  throw new Error('Full everywhere.');
}
