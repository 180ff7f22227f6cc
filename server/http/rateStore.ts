import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { Clock } from '../ports/clock.ts';
import type { Tally } from '../ports/tally.ts';
import type { Pseudonyms } from '../runtime/pseudonyms.ts';
import { WindowCounts } from '../runtime/windowCounts.ts';
import { RATE_WINDOW_MS } from './rateLimited.ts';

interface StoreParts {
  readonly clock: Clock;
  readonly tally: Tally;
  readonly pseudonyms: Pseudonyms;
}

type Counted = Parameters<FastifyRateLimitStore['incr']>[1];

/**
 * Counts requests by network address for @fastify/rate-limit: on this node, and on all nodes together
 * for as long as those can say. So a limit is at most as much too wide as there are nodes, and nobody
 * is refused because the others cannot be asked.
 */
export function rateStore(parts: StoreParts): FastifyRateLimitStoreCtor {
  return class {
    readonly #own = new WindowCounts(parts.clock, RATE_WINDOW_MS);
    readonly #route: string;

    constructor({ routeInfo }: { routeInfo?: { method?: unknown; url?: string } } = {}) {
      this.#route = `${String(routeInfo?.method)} ${routeInfo?.url}`;
    }

    incr(address: string, counted: Counted): void {
      const own = this.#own.add(address);
      const name = `${this.#route} ${parts.pseudonyms.ofAddress(address)}`;
      void parts.tally.add(name, RATE_WINDOW_MS).then((all) => {
        const { count, remainingMs } = all !== null && all.count > own.count ? all : own;
        counted(null, { current: count, ttl: remainingMs });
      });
    }

    child(options: object): FastifyRateLimitStore {
      return new (rateStore(parts))(options);
    }
  };
}
