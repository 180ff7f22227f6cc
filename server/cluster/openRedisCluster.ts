import type { Logger } from 'pino';
import type { Millis } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Directory, NodeAddress } from '../ports/directory.ts';
import type { Tally } from '../ports/tally.ts';
import { RedisDirectory } from './redisDirectory.ts';
import { openRedisStore } from './redisStore.ts';

interface RedisParts {
  /** `redis://…` */
  readonly url: string;
  readonly self: NodeAddress;
  /** Tells this process from an earlier one of the same node. */
  readonly instance: string;
  readonly leaseMs: Millis;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Over one connection. The error is a sentence for the operator. */
export async function openRedisCluster(
  parts: RedisParts,
): Promise<Result<{ readonly directory: Directory; readonly tally: Tally }, string>> {
  const opened = await openRedisStore(parts);
  if (!opened.ok) return opened;
  const store = opened.value;
  return ok({ directory: new RedisDirectory({ ...parts, store }), tally: { add: store.tally } });
}
