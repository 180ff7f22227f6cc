import type { RouteShorthandOptions } from 'fastify';
import type { Millis } from '../../shared/ids.ts';

export const RATE_WINDOW_MS: Millis = 60_000;

/** Options of a route that makes something: so many a minute from one network address, whichever node it asks. */
export function rateLimited(perMinute: number): RouteShorthandOptions {
  return { config: { rateLimit: { max: perMinute, timeWindow: RATE_WINDOW_MS } } };
}
