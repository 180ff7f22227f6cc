import { setTimeout as lasting } from 'node:timers/promises';
import { startRelay } from '../../e2e/barePair/startRelay.ts';
import { canLayNetwork } from '../../e2e/network/canLayNetwork.ts';
import { PUBLIC_ADDRESS } from '../../e2e/network/layNetwork.ts';
import { openPlace, type Place } from '../../e2e/network/openPlace.ts';
import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { barePair } from './barePair.ts';
import { foyerPair } from './foyerPair.ts';
import type { RecoveringPair } from './recoveringPair.ts';

const DEAD_FLOWS = 20;
/** Seven of each; s. */
const OUTAGES = Array.from({ length: 21 }, (_, index) => [3, 8, 20][index % 3]!);
/** What is left of a flow is shown until the buffers are empty. */
const LEFTOVERS_MS = 300;
/** A call that takes longer than this is as good as lost. */
const FOYER_CAP_MS = 15_000;
/** The baseline is not waited for any longer: nobody repairs it. */
const BARE_CAP_MS = 5_000;

interface Pairs {
  readonly foyer: RecoveringPair;
  readonly bare: RecoveringPair;
}

interface Times {
  readonly foyer: number[];
  readonly bare: number[];
}

/**
 * How long a live call is without pictures after a fault, until the later of both sides has them
 * again: when a router forgets its UDP flows (from the fault on), and when nothing at all got through
 * for 3, 8 or 20 s (from the healing on). Two homes behind cone NATs, STUN and no relay. The baseline
 * is in a call in the same browsers at the same time, so the same faults befall it.
 */
export async function recovery(): Promise<Figures> {
  if (!canLayNetwork()) throw new Error('This measurement needs root on Linux.');
  const place = await openPlace('withoutTurn');
  try {
    place.network.setNat('cone');
    const namespace = place.network.namespaceOf('public');
    const relay = await startRelay({ namespace, address: PUBLIC_ADDRESS });
    try {
      const pairs = { foyer: foyerPair(place), bare: barePair(place, relay.url) };
      await killFlows(place, pairs, 1);
      const dead = await killFlows(place, pairs, DEAD_FLOWS);
      const healed = await breakOff(place, pairs);
      return report(dead, healed);
    } finally {
      await relay.stop();
    }
  } finally {
    await place.close();
  }
}

async function killFlows(place: Place, pairs: Pairs, count: number): Promise<Times> {
  const times: Times = { foyer: [], bare: [] };
  for (let index = 0; index < count; index += 1) {
    await ready(pairs);
    const since = Date.now();
    routerAt(place, index).killFlows();
    const [foyer, bare] = await Promise.all([
      pairs.foyer.backAfter('thaw', since + LEFTOVERS_MS, FOYER_CAP_MS),
      pairs.bare.backAfter('thaw', since + LEFTOVERS_MS, BARE_CAP_MS - LEFTOVERS_MS),
    ]);
    keep(times, foyer + LEFTOVERS_MS, bare + LEFTOVERS_MS, 'dead flow');
  }
  return times;
}

async function breakOff(place: Place, pairs: Pairs): Promise<Times> {
  const times: Times = { foyer: [], bare: [] };
  for (const [index, seconds] of OUTAGES.entries()) {
    await ready(pairs);
    const router = routerAt(place, index);
    router.dropAll();
    await lasting(seconds * 1_000);
    router.heal();
    const since = Date.now();
    const [foyer, bare] = await Promise.all([
      pairs.foyer.backAfter('picture', since, FOYER_CAP_MS),
      pairs.bare.backAfter('picture', since, BARE_CAP_MS),
    ]);
    keep(times, foyer, bare, `outage of ${seconds} s`);
  }
  return times;
}

/** The baseline first: its new tab comes to the front, and the panels are brought back. */
async function ready({ foyer, bare }: Pairs): Promise<void> {
  await bare.ready();
  await foyer.ready();
}

function routerAt({ network }: Place, index: number) {
  return index % 2 === 0 ? network.routers.ada : network.routers.ben;
}

function keep(times: Times, foyer: number, bare: number, what: string): void {
  times.foyer.push(foyer);
  times.bare.push(bare);
  console.error(`  ${what}: Foyer ${Math.round(foyer)} ms, bare ${Math.round(bare)} ms`);
}

function report(dead: Times, healed: Times): Figures {
  const figures = {
    dead_flow_p50_ms: Math.round(percentile(dead.foyer, 0.5)),
    dead_flow_p95_ms: Math.round(percentile(dead.foyer, 0.95)),
    healed_p50_ms: Math.round(percentile(healed.foyer, 0.5)),
    healed_p95_ms: Math.round(percentile(healed.foyer, 0.95)),
    bare_dead_flow_p50_ms: Math.round(percentile(dead.bare, 0.5)),
    bare_healed_p95_ms: Math.round(percentile(healed.bare, 0.95)),
  };
  const ratio = (foyer: number, bare: number) => (foyer / bare).toFixed(2);
  console.error(`Until pictures are back on both sides, over ${dead.foyer.length} dead flows and ${healed.foyer.length} outages:
  dead flow  Foyer p50 ${figures.dead_flow_p50_ms} ms, p95 ${figures.dead_flow_p95_ms} ms (bars: 2000, 3000)
             bare connection p50 ${figures.bare_dead_flow_p50_ms} ms, given up at ${BARE_CAP_MS} (the baseline); ratio ${ratio(figures.dead_flow_p50_ms, figures.bare_dead_flow_p50_ms)}
  healed     Foyer p50 ${figures.healed_p50_ms} ms, p95 ${figures.healed_p95_ms} ms after healing (bar: 1500)
             bare connection p95 ${figures.bare_healed_p95_ms} ms, given up at ${BARE_CAP_MS} (the baseline); ratio ${ratio(figures.healed_p95_ms, figures.bare_healed_p95_ms)}`);
  return figures;
}
