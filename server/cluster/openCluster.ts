import type { Logger } from 'pino';
import type { Millis } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Directory } from '../ports/directory.ts';
import { noTally, type Tally } from '../ports/tally.ts';
import { localDirectory } from './localDirectory.ts';

interface ClusterParts {
  readonly config: {
    /** Null: this node is alone. */
    readonly redisUrl: string | null;
    readonly node: string | null;
    readonly nodeUrl: string | null;
    readonly leaseMs: Millis;
  };
  readonly clock: Clock;
  readonly instance: string;
  readonly log: Logger;
}

/** What nodes know of each other. */
interface Cluster {
  readonly directory: Directory;
  readonly tally: Tally;
}

/** As the operator has set it up; without Redis its client is not even loaded. The error is a sentence for them. */
export async function openCluster({
  config,
  ...parts
}: ClusterParts): Promise<Result<Cluster, string>> {
  const { redisUrl, node, nodeUrl, leaseMs } = config;
  if (redisUrl === null || node === null) {
    return ok({ directory: localDirectory(parts.clock), tally: noTally });
  }
  const { openRedisCluster } = await import('./openRedisCluster.ts');
  const self = { name: node, url: nodeUrl };
  return openRedisCluster({ url: redisUrl, self, leaseMs, ...parts });
}
