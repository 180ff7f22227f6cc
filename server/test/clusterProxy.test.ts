import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { findProgram } from '../../scripts/installPackages.ts';
import { newDatabase } from './newDatabase.ts';
import { RoamingCrowd } from './roamingCrowd.ts';
import { ScriptedSocket } from './scriptedSocket.ts';
import { startNginx, type Proxy } from './startNginx.ts';
import { startNode, type ClusterNode } from './startNode.ts';
import { startRedis, type RedisServer } from './startRedis.ts';
import { clientOf, type TestServer } from './startServer.ts';

const NGINX = findProgram(['nginx'], ['/usr/sbin/nginx']);
if (NGINX === null) console.warn('Skipped: the example for nginx, which is not installed.');

describe.skipIf(NGINX === null)('two nodes behind nginx', () => {
  let redis: RedisServer;
  let nodes: [ClusterNode, ClusterNode];
  let nginx: Proxy;
  let server: TestServer;
  let crowd: RoamingCrowd | null = null;

  beforeAll(async () => {
    redis = await startRedis();
    const shared = {
      REDIS_URL: redis.url,
      DATABASE_URL: await newDatabase(inject('postgresUrl')),
      FOYER_NODE_URL: null,
    };
    nodes = await Promise.all([startNode('node-1', shared), startNode('node-2', shared)]);
    const [one, two] = nodes.map(({ url }) => new URL(url).port);
    nginx = await startNginx(NGINX ?? '', [one ?? '', two ?? '']);
    server = clientOf(nginx.url, () => Promise.resolve());
  });
  afterEach(() => crowd?.leave());
  afterAll(async () => {
    await nginx?.close();
    await Promise.all((nodes ?? []).map((node) => node.kill()));
    await redis?.close();
  });

  it('CU17: people meet through one address, whichever node runs their lobby', async () => {
    const { event } = await server.register();
    const joined = await server.join(event.eventId);
    const address = nginx.url.replace('http', 'ws');
    expect(joined.lobbyUrl).toMatch(new RegExp(`^${address}/n/node-[12]/lobby$`));
    expect(joined.brokerUrl).toBe(
      joined.lobbyUrl.replace('ws', 'http').replace('lobby', 'broker/'),
    );
    // The broker is reached and knows nobody of this name.
    const broker = `${joined.brokerUrl.replace('http', 'ws')}peerjs?key=peerjs&id=a&token=b`;
    expect(await ScriptedSocket.refusal(broker)).toBe(401);
    crowd = new RoamingCrowd({ eventId: event.eventId, nodes: [nginx.url], people: 6 });
    expect(await crowd.allSeated()).toBe(joined.lobbyUrl);
    await crowd.moreMeetings(6);
  });

  it('CU17: the address stays when the node that ran the lobby is killed', async () => {
    const { event } = await server.register();
    crowd = new RoamingCrowd({ eventId: event.eventId, nodes: [nginx.url], people: 6 });
    const lobbyUrl = await crowd.allSeated();
    await nodes.find(({ name }) => lobbyUrl.includes(`/n/${name}/`))?.kill();
    expect(await crowd.allSeated(lobbyUrl)).toContain(nginx.url.replace('http', 'ws'));
    expect(Math.max(...crowd.lastAbsences())).toBeLessThan(8_000);
    await crowd.moreMeetings(6);
    expect(crowd.repeats()).toEqual([]);
  }, 60_000);
});
