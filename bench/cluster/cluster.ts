import type { Figures } from '../figures.ts';
import { percentile } from '../percentile.ts';
import { failoverTimes } from './failover.ts';
import { openPlace } from './place.ts';
import { twoNodeRatio } from './twoNodes.ts';

/**
 * Two nodes on a real Redis and a real PostgreSQL: what they carry against one node that is alone,
 * and how long people are away when the node that runs their lobby is killed (3 s of lease, which is
 * the default).
 */
export async function cluster(): Promise<Figures> {
  const place = await openPlace();
  try {
    console.error('One node alone and two nodes together, at the same time …');
    const ratio = await twoNodeRatio(place);
    console.error('The owner of a lobby is killed …');
    const times = await failoverTimes(place);
    const at = (share: number) => Math.round(percentile(times, share));
    console.error(`Two nodes carry ${ratio.toFixed(2)} times the members of one; the bar is 1.8.
People were back after ${at(0.5)} ms (median), ${at(0.95)} ms (p95), ${at(1)} ms (last of ${times.length}); the bar is 4000 at p95.`);
    return { two_node_ratio: Number(ratio.toFixed(2)), failover_p95_ms: at(0.95) };
  } finally {
    await place.close();
  }
}
