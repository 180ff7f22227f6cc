import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { newDatabase } from './newDatabase.ts';
import { RoamingCrowd } from './roamingCrowd.ts';
import { startNode, type ClusterNode } from './startNode.ts';
import { startRedis, type RedisServer } from './startRedis.ts';
import { clientOf } from './startServer.ts';

const PEOPLE = 20;
/** Longer than a lease. */
const FAULT_MS = 6_000;

let redis: RedisServer;
let nodes: [ClusterNode, ClusterNode];
let crowd: RoamingCrowd;

beforeAll(async () => {
  redis = await startRedis();
  const shared = {
    REDIS_URL: redis.url,
    DATABASE_URL: await newDatabase(inject('postgresUrl')),
    FOYER_RATE_PER_MINUTE: '100000',
  };
  nodes = await Promise.all([startNode('a', shared), startNode('b', shared)]);
});
afterEach(() => crowd?.leave());
afterAll(async () => {
  // On a machine under load the nodes may not have come up in time.
  await Promise.all((nodes ?? []).map((node) => node.kill()));
  await redis?.close();
});

/** A crowd that meets in a lobby, and the node that runs it. */
async function gather() {
  const { event } = await clientOf(nodes[0].url, () => Promise.resolve()).register();
  const urls = nodes.map(({ url }) => url);
  crowd = new RoamingCrowd({ eventId: event.eventId, nodes: urls, people: PEOPLE });
  const lobbyUrl = await crowd.allSeated();
  await crowd.moreMeetings(PEOPLE);
  const isOwner = ({ url }: ClusterNode) => lobbyUrl.startsWith(url.replace('http', 'ws'));
  const [owner, other] = isOwner(nodes[0]) ? nodes : nodes.toReversed();
  return { eventId: event.eventId, lobbyUrl, owner: owner!, other: other! };
}

/** They meet on, nobody twice and nobody two at a time. */
async function expectAllIsWell(): Promise<void> {
  await crowd.moreMeetings(PEOPLE);
  expect(crowd.repeats()).toEqual([]);
  expect(crowd.doubles()).toBe(0);
}

it('CU12: when the owner is killed, everybody is in the lobby on another node soon', async () => {
  const { owner, lobbyUrl } = await gather();
  await owner.kill();
  await crowd.allSeated(lobbyUrl);
  // 3 s of lease and the pauses between two tries, on a machine that does other things as well.
  expect(Math.max(...crowd.lastAbsences())).toBeLessThan(8_000);
  await expectAllIsWell();
  await owner.start();
}, 90_000);

it('CU13: a node that is asked to stop gives its lobbies away at once', async () => {
  const { owner, lobbyUrl } = await gather();
  const stopped = owner.stop();
  await crowd.allSeated(lobbyUrl);
  expect(await stopped).toBe(0);
  expect(crowd.people.map(({ closeCodes }) => closeCodes.at(-1))).toEqual(
    Array.from({ length: PEOPLE }, () => CLOSE.serverRestarting),
  );
  await expectAllIsWell();
  await owner.start();
}, 90_000);

it('CU14: a frozen node has lost its lobby when it thaws, and sends its people to the new owner', async () => {
  const { eventId, owner, other, lobbyUrl } = await gather();
  owner.freeze();
  const newcomer = new RoamingCrowd({ eventId, nodes: [other.url], people: 1, name: 'Newcomer' });
  try {
    await newcomer.allSeated(lobbyUrl);
    await pause(FAULT_MS);
    owner.thaw();
    await crowd.allSeated(lobbyUrl);
    expect(new Set(crowd.people.map(({ closeCodes }) => closeCodes.at(-1)))).toEqual(
      new Set([CLOSE.moved]),
    );
    await expectAllIsWell();
  } finally {
    owner.thaw();
    await newcomer.leave();
  }
}, 90_000);

it('CU15: a Redis that is killed and started again costs nobody more than the time', async () => {
  await gather();
  await redis.kill();
  await crowd.until('everybody is away', () =>
    crowd.people.every(({ seatedAt }) => seatedAt === null) ? true : undefined,
  );
  await redis.start();
  await crowd.allSeated();
  await expectAllIsWell();
}, 90_000);
