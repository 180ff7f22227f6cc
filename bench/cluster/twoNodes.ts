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
/** One says little: a node runs for less than a second of CPU in it. */
const ROUNDS = 7;

interface Server {
  readonly url: string;
  readonly pid: number;
}

/**
 * How many members two nodes carry, against one node that is alone and has no Redis, where each node
 * may use as much CPU as the one: 2 × (CPU per member alone) / (CPU per member of the two). A machine
 * with two cores cannot run busy nodes and their members to saturation, so what is compared is the
 * servers' own CPU time at the same members and the same meetings on each. All three run at the same
 * time, so that whatever else the machine does slows them alike.
 */
export async function twoNodeRatio(place: Place): Promise<number> {
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const [alone = 0, one = 0, other = 0] = await measure(place);
    ratios.push((2 * alone) / ((one + other) / 2));
    const each = [alone, one, other].map((seconds) => (seconds * 1_000).toFixed(3));
    console.error(
      `  round ${round}: ms of CPU a second for each member: ${each[0]} alone; ${each[1]} and ${each[2]} on the two nodes`,
    );
  }
  return percentile(ratios, 0.5);
}

async function measure({ environment, redisUrl }: Place): Promise<number[]> {
  const shared = { ...environment, REDIS_URL: redisUrl };
  const alone = await startProcess({ args: [BUILT_SERVER], env: { ...environment, PORT: '0' } });
  const nodes = [
    await startNode('a', shared, BUILT_SERVER),
    await startNode('b', shared, BUILT_SERVER),
  ];
  try {
    const own = nodes.map((node) => ({ url: node.url, pid: node.pid() }));
    return await cpuPerMember([alone, ...own]);
  } finally {
    await Promise.all([alone.stop(), ...nodes.map((node) => node.stop())]);
  }
}

/** Seconds of each server's CPU in a second, for each member; one lobby on each server. */
async function cpuPerMember(servers: readonly Server[]): Promise<number[]> {
  const crowds: RoamingCrowd[] = [];
  try {
    for (const { url } of servers) crowds.push(await gather(url));
    await pause(WARM_UP_MS);
    const used = () => servers.map(({ pid }) => cpuSeconds(pid));
    const [usedBefore, before] = [used(), performance.now()];
    await pause(COUNTED_MS);
    const seconds = (performance.now() - before) / 1_000;
    return used().map((after, place) => (after - usedBefore[place]!) / seconds / PEOPLE);
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
