import { setTimeout as pause } from 'node:timers/promises';
import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { startProcess } from '../../e2e/server/startProcess.ts';
import { RoamingCrowd } from '../../server/test/roamingCrowd.ts';
import { startNode } from '../../server/test/startNode.ts';
import { cpuSeconds } from '../blur/cpuSeconds.ts';
import { percentile } from '../percentile.ts';
import { BUILT_SERVER, type Place } from './place.ts';

/** Of one lobby, on one node. */
const PEOPLE = 150;
/** Each pair meets this long: 75 matches a second for each lobby. */
const MEETING_MS = 1_000;
const WARM_UP_MS = 4_000;
const COUNTED_MS = 10_000;
const ROUNDS = 3;

interface Server {
  readonly url: string;
  readonly pid: number;
}

/**
 * How many members two nodes carry, against one node that is alone and has no Redis, where each node
 * may use as much CPU as the one: 2 × (CPU per member alone) / (CPU per member of the two). A machine
 * with two cores cannot run two busy nodes and their members side by side, so what is compared is the
 * servers' own CPU time at the same members and the same meetings on each, not their saturation.
 */
export async function twoNodeRatio(place: Place): Promise<number> {
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const alone = await measureAlone(place);
    const together = await measureTwo(place);
    ratios.push((2 * alone) / together);
    console.log(
      `  round ${round}: ${ms(alone)} ms of CPU a second for each member alone, ${ms(together)} on two nodes`,
    );
  }
  return percentile(ratios, 0.5);
}

async function measureAlone({ environment }: Place): Promise<number> {
  const server = await startProcess({ args: [BUILT_SERVER], env: { ...environment, PORT: '0' } });
  try {
    return await cpuPerMember([server]);
  } finally {
    await server.stop();
  }
}

async function measureTwo({ environment, redisUrl }: Place): Promise<number> {
  const shared = { ...environment, REDIS_URL: redisUrl };
  const nodes = await Promise.all(['a', 'b'].map((name) => startNode(name, shared, BUILT_SERVER)));
  try {
    return await cpuPerMember(nodes.map((node) => ({ url: node.url, pid: node.pid() })));
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
}

/** Seconds of the servers' CPU in a second, for each member; one lobby on each server. */
async function cpuPerMember(servers: readonly Server[]): Promise<number> {
  const crowds: RoamingCrowd[] = [];
  try {
    for (const { url } of servers) crowds.push(await gather(url));
    await pause(WARM_UP_MS);
    const used = () => servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
    const [usedBefore, before] = [used(), performance.now()];
    await pause(COUNTED_MS);
    const seconds = (performance.now() - before) / 1_000;
    return (used() - usedBefore) / seconds / (PEOPLE * servers.length);
  } finally {
    await Promise.all(crowds.map((crowd) => crowd.leave()));
  }
}

/** The first to be asked owns the lobby: this server. */
async function gather(url: string): Promise<RoamingCrowd> {
  const address = { url: `https://conf.example/${crypto.randomUUID()}` };
  const { event } = await registerEvent(url, { title: 'Two nodes', addresses: [address] });
  const { eventId } = event;
  const crowd = new RoamingCrowd({ eventId, nodes: [url], people: PEOPLE, meetingMs: MEETING_MS });
  await crowd.allSeated();
  return crowd;
}

function ms(seconds: number): string {
  return (seconds * 1_000).toFixed(3);
}
