import type { MemberId, Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { IceServer, RelayListener } from '../ports/iceServerSource.ts';
import { CircuitBreaker } from './circuitBreaker.ts';
import type { ComputedService, FetchedService, RelayService } from './relayService.ts';

/** What the chain found, and how long it may be handed out. */
export interface FoundRelay {
  /** It comes from the first of the list, so there is no better one to look for. */
  readonly preferred: boolean;
  /** Counted from when it was asked for; null: for good. */
  readonly validMs: Millis | null;
  issue(member: MemberId): readonly IceServer[];
}

interface Link {
  readonly service: RelayService;
  readonly breaker: CircuitBreaker;
}

/** The relay services in the operator's order: each stands in for those before it. */
export class RelayChain {
  readonly #links: readonly Link[];
  readonly #listener: RelayListener;

  constructor(
    services: readonly RelayService[],
    { clock, listener }: { clock: Pick<Clock, 'now'>; listener: RelayListener },
  ) {
    this.#listener = listener;
    this.#links = services.map((service) => ({
      service,
      breaker: new CircuitBreaker(clock, (state) => listener.breakerChanged(service.name, state)),
    }));
  }

  get isEmpty(): boolean {
    return this.#links.length === 0;
  }

  /** The first that serves now; null when none does. */
  async find(signal: AbortSignal): Promise<FoundRelay | null> {
    for (const [place, { service, breaker }] of this.#links.entries()) {
      const preferred = place === 0;
      if (service.kind === 'computed') return this.#computed(service, preferred);
      const found = await this.#ask(service, breaker, signal);
      if (found) return { ...found, preferred };
      if (signal.aborted) return null;
    }
    return null;
  }

  #computed(service: ComputedService, preferred: boolean): FoundRelay {
    return {
      preferred,
      validMs: null,
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
      return { validMs: answer.value.validMs, issue: () => answer.value.servers };
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
