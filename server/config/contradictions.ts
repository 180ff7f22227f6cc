import { RELAY_RULES } from './relayContradictions.ts';
import type { Config } from './variables.ts';

/** A sentence for what cannot hold together, or null. */
type Rule = (config: Config) => string | null;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

const RULES: readonly Rule[] = [
  ...RELAY_RULES,
  ({ redisUrl, databaseUrl }) =>
    redisUrl !== null && databaseUrl === null
      ? 'REDIS_URL is for several nodes, and they need a database in common: set DATABASE_URL as well.'
      : null,
  ({ redisUrl, node }) =>
    redisUrl !== null && node === null
      ? 'REDIS_URL is for several nodes: give each a name of its own with FOYER_NODE.'
      : null,
  ({ redisUrl, node, nodeUrl }) =>
    redisUrl === null && (node !== null || nodeUrl !== null)
      ? 'FOYER_NODE and FOYER_NODE_URL are for several nodes: set REDIS_URL as well, or remove them.'
      : null,
  ({ port, metricsPort }) =>
    metricsPort === port && port !== 0
      ? `PORT and FOYER_METRICS_PORT are both ${port}: choose another port for one of them.`
      : null,
  ({ metricsPort, metricsHost, metricsToken }) =>
    metricsPort !== null && metricsToken === null && !LOOPBACK.test(metricsHost)
      ? 'FOYER_METRICS_HOST opens the figures to the network: set FOYER_METRICS_TOKEN as well.'
      : null,
];

/** One sentence for each pair of settings that cannot both be meant. */
export function contradictions(config: Config): readonly string[] {
  return RULES.map((rule) => rule(config)).filter((sentence) => sentence !== null);
}
