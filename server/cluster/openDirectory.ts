import type { Logger } from 'pino';
import type { Millis } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Directory } from '../ports/directory.ts';
import { localDirectory } from './localDirectory.ts';

interface OpenParts {
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

/** As the operator has set it up; without Redis its client is not even loaded. The error is a sentence for them. */
export async function openDirectory({
  config,
  ...parts
}: OpenParts): Promise<Result<Directory, string>> {
  const { redisUrl, node, nodeUrl, leaseMs } = config;
  if (redisUrl === null || node === null) return ok(localDirectory());
  const { openRedisDirectory } = await import('./redisDirectory.ts');
  const self = { name: node, url: nodeUrl };
  return openRedisDirectory({ url: redisUrl, self, leaseMs, ...parts });
}
