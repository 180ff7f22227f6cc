import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { startFoyer } from '../../e2e/server/startFoyer.ts';
import { startProcess } from '../../e2e/server/startProcess.ts';
import { cpuSeconds } from '../blur/cpuSeconds.ts';
import type { CrowdPlace } from './crowd.ts';
import { startCrowds } from './crowds.ts';
import {
  MEASURED,
  perConnection,
  type ConnectionCost,
  type MeasuredServer,
} from './perConnection.ts';

const BARE_SERVER = fileURLToPath(new URL('bareSocketServer.ts', import.meta.url));
/** A process may open 20,000 files here; two halves of the greatest crowd stay far below. */
const PROCESSES = 2;
/** Two rounds of heartbeats. */
const IDLE_MS = 10_000;

/** What one idle member costs; CPU in ms for each second. */
interface MemberCost extends ConnectionCost {
  readonly cpuMsPerSecond: number;
}

export interface CostPair {
  readonly people: number;
  readonly foyer: MemberCost;
  readonly bare: MemberCost;
}

/** So many idle members at Foyer's server as it ships, and as many at a bare `ws` server. */
export async function costOfMembers(people: number): Promise<CostPair> {
  console.error(`${people} people at a bare ws server, then in a lobby …`);
  return { people, bare: await costAtBare(people), foyer: await costAtFoyer(people) };
}

async function costAtBare(people: number): Promise<MemberCost> {
  const bare = await startProcess({ args: [BARE_SERVER], env: { NODE_OPTIONS: MEASURED } });
  const server = { pid: bare.pid, lines: () => bare.lines };
  try {
    return await measure(server, { url: bare.url }, people);
  } finally {
    await bare.stop();
  }
}

async function costAtFoyer(people: number): Promise<MemberCost> {
  const foyer = await startFoyer({
    FOYER_RATE_PER_MINUTE: '1000000',
    NODE_OPTIONS: MEASURED,
  });
  try {
    const address = { url: 'https://conf.example/lobby' };
    const { event } = await registerEvent(foyer.url, { title: 'Lobby', addresses: [address] });
    const place = { server: foyer.url, eventId: event.eventId };
    return await measure({ pid: foyer.pid(), lines: () => foyer.logs() }, place, people);
  } finally {
    await foyer.close();
  }
}

async function measure(
  server: MeasuredServer,
  place: CrowdPlace,
  people: number,
): Promise<MemberCost> {
  const crowd = startCrowds(PROCESSES);
  try {
    const cost = await perConnection(server, { crowd, place, people });
    const before = cpuSeconds(server.pid);
    await pause(IDLE_MS);
    const cpuMs = (cpuSeconds(server.pid) - before) * 1_000;
    return { ...cost, cpuMsPerSecond: cpuMs / (IDLE_MS / 1_000) / people };
  } finally {
    await crowd.end();
  }
}
