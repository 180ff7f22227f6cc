import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { RoamingCrowd } from '../../server/test/roamingCrowd.ts';
import { startNode, type ClusterNode } from '../../server/test/startNode.ts';
import { BUILT_SERVER, type Place } from './place.ts';

const PEOPLE = 50;
const ROUNDS = 5;

/** Of each member whose node was killed: from the lost socket to the welcome on the other node; ms. */
export async function failoverTimes({ environment, redisUrl }: Place): Promise<number[]> {
  const shared = { ...environment, REDIS_URL: redisUrl };
  const nodes = await Promise.all(['a', 'b'].map((name) => startNode(name, shared, BUILT_SERVER)));
  try {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) times.push(...(await killOwner(nodes)));
    return times;
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
  }
}

async function killOwner(nodes: readonly ClusterNode[]): Promise<number[]> {
  const urls = nodes.map(({ url }) => url);
  const address = { url: `https://conf.example/${crypto.randomUUID()}` };
  const { event } = await registerEvent(urls[0]!, { title: 'Failover', addresses: [address] });
  const crowd = new RoamingCrowd({ eventId: event.eventId, nodes: urls, people: PEOPLE });
  try {
    const lobbyUrl = await crowd.allSeated();
    await crowd.moreMeetings(PEOPLE);
    const owner = nodes.find(({ url }) => lobbyUrl.startsWith(url.replace('http', 'ws')))!;
    await owner.kill();
    await crowd.allSeated(lobbyUrl);
    await crowd.moreMeetings(PEOPLE);
    const repeats = crowd.repeats().length + crowd.doubles();
    if (repeats > 0) throw new Error(`${repeats} people met twice, or two at a time.`);
    await owner.start();
    return crowd.lastAbsences();
  } finally {
    await crowd.leave();
  }
}
