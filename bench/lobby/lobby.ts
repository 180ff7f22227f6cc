import { fileURLToPath } from 'node:url';
import { registerEvent } from '../../e2e/organizer/registerEvent.ts';
import { startFoyer } from '../../e2e/server/startFoyer.ts';
import { startProcess } from '../../e2e/server/startProcess.ts';
import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { startCrowd, type Crowd } from './crowd.ts';
import { matchTimes } from './matchTimes.ts';
import { MEASURED, perConnection } from './perConnection.ts';

const PEOPLE = 1_000;
const WARM_UP_PAIRS = 20;
const COUNTED_PAIRS = 200;
const BARE_SERVER = fileURLToPath(new URL('bareSocketServer.ts', import.meta.url));

interface Found {
  readonly matchMs: readonly number[];
  readonly foyerKb: number;
  readonly bareKb: number;
}

/**
 * The server as it ships, a process of its own with a database on disk, and 1,000 idle members who
 * send their heartbeats: how long a match takes from the second *ready*, and what a connection
 * costs. Memory is resident size as the system counts it, after a small warm-up crowd has come and
 * gone and with all garbage collected at both readings: plain readings swing by hundreds of MB with
 * what V8 has not collected yet. The baseline is a bare `ws` server, treated the very same way.
 *
 * What this cannot show: Foyer's start leaves free room inside pages that stay resident (PGlite), and
 * connections that fit there add nothing, so a ratio below 1 does not mean that a connection holds
 * less than a bare one.
 */
export async function lobby(): Promise<Figures> {
  const crowd = startCrowd();
  try {
    console.log(`A bare ws server, and ${PEOPLE} people connected to it …`);
    const bareKb = await measureBare(crowd);
    console.log(`Foyer's server, and ${PEOPLE} people in a lobby …`);
    return report({ bareKb, ...(await measureFoyer(crowd)) });
  } finally {
    await crowd.end();
  }
}

async function measureBare(crowd: Crowd): Promise<number> {
  const bare = await startProcess({ args: [BARE_SERVER], env: { NODE_OPTIONS: MEASURED } });
  try {
    return await perConnection(bare.pid, { crowd, place: { url: bare.url }, people: PEOPLE });
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
    const foyerKb = await perConnection(server.pid(), { crowd, place, people: PEOPLE });
    console.log(`${WARM_UP_PAIRS} pairs to warm up, then ${COUNTED_PAIRS} …`);
    await matchTimes(place, WARM_UP_PAIRS);
    return { foyerKb, matchMs: await matchTimes(place, COUNTED_PAIRS) };
  } finally {
    await server.close();
  }
}

function report({ matchMs, foyerKb, bareKb }: Found): Figures {
  const p50 = percentile(matchMs, 0.5);
  const p99 = percentile(matchMs, 0.99);
  const ratio = foyerKb / bareKb;
  console.log(`From the second ready to both matched, ${PEOPLE} idle people beside them:
  p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms over ${matchMs.length} pairs
Resident memory for each idle connection:
  Foyer           ${foyerKb.toFixed(1)} kB
  bare ws server  ${bareKb.toFixed(1)} kB (the baseline)
Foyer needs ${ratio.toFixed(2)} times as much; the bar is 3.`);
  return {
    ready_to_matched_p99_ms: Number(p99.toFixed(1)),
    memory_ratio: Number(ratio.toFixed(2)),
  };
}
