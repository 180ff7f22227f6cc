import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { Clock } from '../ports/clock.ts';
import type { Tally } from '../ports/tally.ts';
import type { Pseudonyms } from '../runtime/pseudonyms.ts';
import { TokenBuckets } from '../runtime/tokenBuckets.ts';
import { RATE_WINDOW_MS, rateOf } from './rateLimited.ts';

interface StoreParts {
  readonly clock: Clock;
  readonly tally: Tally;
  readonly pseudonyms: Pseudonyms;
}

type Counted = Parameters<FastifyRateLimitStore['incr']>[1];

interface RouteOptions {
  readonly routeInfo?: { readonly method?: unknown; readonly url?: string };
  readonly max?: unknown;
}

/**
 * Counts requests by network address for @fastify/rate-limit: on this node, and on all nodes together
 * for as long as those can say. So a limit is at most as much too wide as there are nodes, and nobody
 * is refused because the others cannot be asked.
 */
export function rateStore(parts: StoreParts): FastifyRateLimitStoreCtor {
  return class {
    readonly #own: TokenBuckets;
    readonly #route: string;
    readonly #max: number;

    constructor({ routeInfo, max }: RouteOptions = {}) {
      this.#route = `${String(routeInfo?.method)} ${routeInfo?.url}`;
      this.#max = Number(max);
      this.#own = new TokenBuckets(parts.clock, rateOf(this.#max));
    }

    incr(address: string, counted: Counted): void {
      const { taken, left, nextMs } = this.#own.take(address);
      if (!taken) {
        // Who is refused here is not counted elsewhere: they try again until they are let in.
        counted(null, { current: this.#max + 1, ttl: nextMs });
        return;
      }
      const here = { current: this.#max - left, ttl: nextMs };
      const name = `${this.#route} ${parts.pseudonyms.ofAddress(address)}`;
      void parts.tally.add(name, RATE_WINDOW_MS).then((all) => {
        if (all === null || all.count <= here.current) counted(null, here);
        else counted(null, { current: all.count, ttl: all.remainingMs });
      });
    }

    child(options: object): FastifyRateLimitStore {
      return new (rateStore(parts))(options);
    }
  };
}
