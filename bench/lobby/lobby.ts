import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { startFoyer } from '../../e2e/server/startFoyer.ts';
import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { costOfMembers, type CostPair } from './costOfMembers.ts';
import { startCrowds } from './crowds.ts';
import { drawGrowth } from './drawGrowth.ts';
import { matchTimes } from './matchTimes.ts';
import { matchTimesAtRate } from './readyRate.ts';

const FEW = 1_000;
const MANY = 10_000;
const GROWTH = [1_000, 2_000, 5_000, 10_000];
const CHART = new URL('../../docs/operation/growth.svg', import.meta.url);
const WARM_UP_PAIRS = 20;
const COUNTED_PAIRS = 200;
/** 4,000 who stay and 1,000 who press Ready in 10 s: 5,000 are present when it begins. */
const STAYING = 4_000;
const PRESSING = { people: 1_000, perSecond: 100 };

/**
 * The server as it ships, a process of its own with a database on disk, and idle members who send
 * their heartbeats: how long a match takes from the second *ready*, and what a connection costs. The
 * baseline is a bare `ws` server, treated the very same way. Memory is read twice, before the crowd
 * and with it, after a small warm-up crowd has come and gone and with all garbage collected. It is
 * counted in two ways, because each is blind on one eye: resident pages that were free before cost
 * nothing (PGlite's start leaves some), and held objects leave the kernel's part out. The figure is
 * the larger ratio of the two.
 */
export async function lobby(): Promise<Figures> {
  const growth = process.argv.includes('growth');
  console.error(`The machine's load is ${loadavg()[0]?.toFixed(1)}.`);
  const costs: CostPair[] = [];
  for (const people of growth ? GROWTH : [FEW, MANY]) {
    const cost = await costOfMembers(people);
    tellCost(cost);
    costs.push(cost);
  }
  if (growth) await writeFile(CHART, drawGrowth(costs));
  const times = await matching();
  return {
    ready_to_matched_p99_ms: tellTimes(`${FEW} idle people beside them`, times.few),
    ready_to_matched_p99_ms_5000: tellTimes('100 pressing Ready a second among 5,000', times.many),
    memory_ratio: ratioAt(costs, FEW),
    memory_ratio_10000: ratioAt(costs, MANY),
  };
}

async function matching() {
  const server = await startFoyer({ FOYER_RATE_PER_MINUTE: '1000000' });
  const crowd = startCrowds(2);
  try {
    const address = { url: 'https://conf.example/lobby' };
    const { event } = await registerEvent(server.url, { title: 'Lobby', addresses: [address] });
    const place = { server: server.url, eventId: event.eventId };
    await crowd.come(place, FEW);
    console.error(`${WARM_UP_PAIRS} pairs to warm up, then ${COUNTED_PAIRS} …`);
    await matchTimes(place, WARM_UP_PAIRS);
    const few = await matchTimes(place, COUNTED_PAIRS);
    await crowd.come(place, STAYING - FEW);
    console.error(`${PRESSING.people} people press Ready, ${PRESSING.perSecond} a second …`);
    const many = await matchTimesAtRate(place, PRESSING);
    return { few, many: many.map(({ ms }) => ms) };
  } finally {
    await crowd.end();
    await server.close();
  }
}

function tellTimes(where: string, times: readonly number[]): number {
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  console.error(`From the second ready to both matched, ${where}:
  p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms over ${times.length} pairs`);
  return Number(p99.toFixed(1));
}

function tellCost({ people, foyer, bare }: CostPair): void {
  const line = (name: 'residentKb' | 'heldKb') =>
    `${foyer[name].toFixed(1)} kB / ${bare[name].toFixed(1)} kB = ${(foyer[name] / bare[name]).toFixed(2)}`;
  console.error(`For each of ${people} idle connections, Foyer against a bare ws server (the baseline):
  resident  ${line('residentKb')}
  held      ${line('heldKb')}
  CPU       ${foyer.cpuMsPerSecond.toFixed(3)} ms a second / ${bare.cpuMsPerSecond.toFixed(3)} ms
  the bar for the larger of the two ratios of memory is 3`);
}

function ratioAt(costs: readonly CostPair[], size: number): number {
  const cost = costs.find(({ people }) => people === size);
  if (cost === undefined) throw new Error(`Nothing was measured with ${size} people.`);
  const { foyer, bare } = cost;
  const ratios = [foyer.residentKb / bare.residentKb, foyer.heldKb / bare.heldKb];
  return Number(Math.max(...ratios).toFixed(2));
}
