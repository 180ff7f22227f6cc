import type { MemberId, Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IceServer, RelayListener } from '../ports/iceServerSource.ts';
import { CircuitBreaker } from './circuitBreaker.ts';
import { RelayProber } from './relayProber.ts';
import type { ComputedService, FetchedService, RelayService } from './relayService.ts';

/** What the chain found, and how long it may be handed out. */
export interface FoundRelay {
  /** It comes from the first of the list, so there is no better one to look for. */
  readonly preferred: boolean;
  /** Counted from when it was asked for; null: for good. */
  readonly validMs: Millis | null;
  /** Whether it is still there, as far as anybody knows. */
  serves(): boolean;
  issue(member: MemberId): readonly IceServer[];
}

interface Link {
  readonly service: RelayService;
  readonly breaker: CircuitBreaker;
  /** Of one that can be asked whether it is there. */
  readonly prober: RelayProber | null;
}

interface ChainParts {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly listener: RelayListener;
  readonly probeMs: Millis;
}

/** The relay services in the operator's order: each stands in for those before it. */
export class RelayChain {
  readonly #links: readonly Link[];
  readonly #listener: RelayListener;

  readonly #watchers = new Set<() => void>();

  constructor(services: readonly RelayService[], parts: ChainParts) {
    this.#listener = parts.listener;
    this.#links = services.map((service) => this.#link(service, parts));
  }

  get isEmpty(): boolean {
    return this.#links.length === 0;
  }

  /** From now on it is known who is there; `changed` hears when that is somebody else. */
  watch(changed: () => void, signal: AbortSignal): void {
    this.#watchers.add(changed);
    signal.addEventListener('abort', () => this.#watchers.delete(changed), { once: true });
    for (const { prober } of this.#links) prober?.watch(signal);
  }

  /** The first that serves now; null when none does. */
  async find(signal: AbortSignal): Promise<FoundRelay | null> {
    for (const [place, { service, breaker, prober }] of this.#links.entries()) {
      const preferred = place === 0;
      if (service.kind === 'computed') {
        await prober?.known();
        if (signal.aborted) return null;
        if (prober?.serves === false) continue;
        return this.#computed(service, prober, preferred);
      }
      const found = await this.#ask(service, breaker, signal);
      if (found) return { ...found, preferred };
      if (signal.aborted) return null;
    }
    return null;
  }

  #link(service: RelayService, { clock, listener, probeMs: everyMs }: ChainParts): Link {
    const { name } = service;
    const breaker = new CircuitBreaker(clock, (state) => listener.breakerChanged(name, state));
    if (!('probe' in service)) return { service, breaker, prober: null };
    const changed = () => this.#watchers.forEach((tell) => tell());
    const prober = new RelayProber({ service, breaker, clock, listener, everyMs, changed });
    return { service, breaker, prober };
  }

  #computed(service: ComputedService, prober: RelayProber | null, preferred: boolean): FoundRelay {
    return {
      preferred,
      validMs: null,
      serves: () => prober?.serves ?? true,
      issue: (member) => {
        this.#listener.issued(service.name);
        return service.compute(member);
      },
    };
  }

  async #ask(
    service: FetchedService,
    breaker: CircuitBreaker,
    signal: AbortSignal,
  ): Promise<Omit<FoundRelay, 'preferred'> | null> {
    if (signal.aborted || !breaker.admits()) return null;
    const answer = await service.fetch(signal);
    if (answer.ok) {
      breaker.succeeded();
      this.#listener.issued(service.name);
      const { servers, validMs } = answer.value;
      return { validMs, serves: () => true, issue: () => servers };
    }
    if (signal.aborted) {
      breaker.gaveUp();
      return null;
    }
    this.#listener.failed(service.name, answer.error);
    breaker.failed();
    return null;
  }
}
