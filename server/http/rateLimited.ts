import type { RouteShorthandOptions } from 'fastify';
import type { Millis } from '../../shared/ids.ts';
import type { Rate } from '../runtime/tokenBucket.ts';

export const RATE_WINDOW_MS: Millis = 60_000;

/** A family, an office or a class that opens the same talk is not to notice that there is a limit. */
const AT_ONCE = 40;
/** Wide limits let more in at once: as many as come in this time. */
const AT_ONCE_MS: Millis = 2_000;

/** Options of a route that makes something: so many a minute from one network address, whichever node it asks. */
export function rateLimited(perMinute: number): RouteShorthandOptions {
  return { config: { rateLimit: { max: perMinute, timeWindow: RATE_WINDOW_MS } } };
}

/**
 * A minute's number is let in evenly, and not all of it in the minute's first second: whoever comes in
 * costs those who are there a little.
 */
export function rateOf(perMinute: number): Rate {
  const burst = Math.max(AT_ONCE, (perMinute * AT_ONCE_MS) / RATE_WINDOW_MS);
  return {
    burst: Math.min(perMinute, burst),
    perSecond: (perMinute * 1_000) / RATE_WINDOW_MS,
  };
}
