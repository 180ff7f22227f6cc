import * as v from 'valibot';
import { hidePassword } from './hideSecret.ts';
import { optionalVariable, variable } from './variable.ts';
import { wholeNumber } from './wholeNumber.ts';

const RedisUrlField = v.pipe(
  v.string(),
  v.check(
    (text) => /^rediss?:\/\/[^/]/.test(text) && URL.canParse(text),
    'REDIS_URL must be the address of a Redis, such as redis://redis.example:6379.',
  ),
);

const NodeUrlField = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'FOYER_NODE_URL must be the address at which people reach this node, such as https://a.foyer.example.',
  ),
  v.transform((text) => text.replace(/\/+$/, '')),
);

/** Several nodes that share the lobbies. */
export const CLUSTER = {
  /** Null: this node is alone. */
  redisUrl: optionalVariable('REDIS_URL', {
    field: RedisUrlField,
    meaning:
      'the Redis in which several nodes agree who runs which lobby; unset: there is one node',
    mask: hidePassword,
  }),
  node: optionalVariable('FOYER_NODE', {
    field: v.pipe(
      v.string(),
      v.regex(
        /^[a-z0-9][a-z0-9-]{0,39}$/,
        'FOYER_NODE must be a name of lowercase letters, digits and hyphens, such as node-1.',
      ),
    ),
    meaning: 'the name of this node among several; the proxy sends /n/NAME/ to it',
  }),
  /** Without a slash at the end; null: `/n/NAME` of the public address. */
  nodeUrl: optionalVariable('FOYER_NODE_URL', {
    field: NodeUrlField,
    meaning: 'the address at which people reach this very node, where no proxy serves /n/NAME/',
  }),
  leaseMs: variable('FOYER_LEASE_MS', {
    fallback: '3000',
    field: wholeNumber(
      300,
      60_000,
      'FOYER_LEASE_MS must be a whole number from 300 to 60000, such as 3000.',
    ),
    meaning: 'how long a lobby stays with a node that is not heard of; the same on all nodes',
  }),
};
