import { fileURLToPath } from 'node:url';
import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { startFoyer } from '../../e2e/server/startFoyer.ts';
import { startProcess } from '../../e2e/server/startProcess.ts';
import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { startCrowd, type Crowd } from './crowd.ts';
import { matchTimes } from './matchTimes.ts';
import { MEASURED, perConnection, type ConnectionCost } from './perConnection.ts';

const PEOPLE = 1_000;
const WARM_UP_PAIRS = 20;
const COUNTED_PAIRS = 200;
const BARE_SERVER = fileURLToPath(new URL('bareSocketServer.ts', import.meta.url));

interface Found {
  readonly matchMs: readonly number[];
  readonly foyer: ConnectionCost;
  readonly bare: ConnectionCost;
}

/**
 * The server as it ships, a process of its own with a database on disk, and 1,000 idle members who
 * send their heartbeats: how long a match takes from the second *ready*, and what a connection
 * costs. The baseline is a bare `ws` server, treated the very same way. Memory is read twice, before
 * the crowd and with it, after a small warm-up crowd has come and gone and with all garbage
 * collected. It is counted in two ways, because each is blind on one eye: resident pages that were
 * free before cost nothing (PGlite's start leaves some), and held objects leave the kernel's part
 * out. The figure is the larger ratio of the two.
 */
export async function lobby(): Promise<Figures> {
  const crowd = startCrowd();
  try {
    console.log(`A bare ws server, and ${PEOPLE} people connected to it …`);
    const bare = await measureBare(crowd);
    console.log(`Foyer's server, and ${PEOPLE} people in a lobby …`);
    return report({ bare, ...(await measureFoyer(crowd)) });
  } finally {
    await crowd.end();
  }
}

async function measureBare(crowd: Crowd): Promise<ConnectionCost> {
  const bare = await startProcess({ args: [BARE_SERVER], env: { NODE_OPTIONS: MEASURED } });
  try {
    return await perConnection(
      { pid: bare.pid, lines: () => bare.lines },
      { crowd, place: { url: bare.url }, people: PEOPLE },
    );
  } finally {
    await crowd.go();
    await bare.stop();
  }
}

async function measureFoyer(crowd: Crowd) {
  const server = await startFoyer({
    FOYER_RATE_PER_MINUTE: '1000000',
    NODE_OPTIONS: MEASURED,
  });
  try {
    const address = { url: 'https://conf.example/lobby' };
    const { event } = await registerEvent(server.url, { title: 'Lobby', addresses: [address] });
    const place = { server: server.url, eventId: event.eventId };
    const measured = { pid: server.pid(), lines: () => server.logs() };
    const foyer = await perConnection(measured, { crowd, place, people: PEOPLE });
    console.log(`${WARM_UP_PAIRS} pairs to warm up, then ${COUNTED_PAIRS} …`);
    await matchTimes(place, WARM_UP_PAIRS);
    return { foyer, matchMs: await matchTimes(place, COUNTED_PAIRS) };
  } finally {
    await server.close();
  }
}

function report({ matchMs, foyer, bare }: Found): Figures {
  const p50 = percentile(matchMs, 0.5);
  const p99 = percentile(matchMs, 0.99);
  const resident = foyer.residentKb / bare.residentKb;
  const held = foyer.heldKb / bare.heldKb;
  console.log(`From the second ready to both matched, ${PEOPLE} idle people beside them:
  p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms over ${matchMs.length} pairs
For each idle connection, Foyer against a bare ws server (the baseline):
  resident  ${foyer.residentKb.toFixed(1)} kB / ${bare.residentKb.toFixed(1)} kB = ${resident.toFixed(2)}
  held      ${foyer.heldKb.toFixed(1)} kB / ${bare.heldKb.toFixed(1)} kB = ${held.toFixed(2)}
Foyer needs ${Math.max(resident, held).toFixed(2)} times as much by the larger of the two; the bar is 3.`);
  return {
    ready_to_matched_p99_ms: Number(p99.toFixed(1)),
    memory_ratio: Number(Math.max(resident, held).toFixed(2)),
  };
}
