import type { RouteShorthandOptions } from 'fastify';

/** Options of a route that makes something: so many a minute from one network address. */
export function rateLimited(perMinute: number): RouteShorthandOptions {
  return { config: { rateLimit: { max: perMinute, timeWindow: '1 minute' } } };
}
