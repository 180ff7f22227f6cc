import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { BreakerState } from '../ports/iceServerSource.ts';

/** A single failure is bad luck, three in a row are an outage. */
const FAILURES_TO_OPEN = 3;
/** Long enough that a service in trouble has peace, short enough that its return is soon seen. */
const REST_MS: Millis = 30_000;

type State =
  | { readonly at: 'closed'; readonly failures: number }
  | { readonly at: 'open'; readonly until: Millis }
  /** One question is under way; its answer decides. */
  | { readonly at: 'halfOpen' };

/** Keeps a service that fails from being asked by everybody all the time. */
export class CircuitBreaker {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #changed: (state: BreakerState) => void;
  #state: State = { at: 'closed', failures: 0 };

  constructor(clock: Pick<Clock, 'now'>, changed: (state: BreakerState) => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get isOpen(): boolean {
    return this.#state.at !== 'closed';
  }

  /** Whether it may be asked now. Who is let in says afterwards how it went. */
  admits(): boolean {
    if (this.#state.at === 'closed') return true;
    if (this.#state.at === 'halfOpen' || this.#state.until > this.#clock.now()) return false;
    this.#become({ at: 'halfOpen' });
    return true;
  }

  succeeded(): void {
    this.#become({ at: 'closed', failures: 0 });
  }

  failed(): void {
    const failures = this.#state.at === 'closed' ? this.#state.failures + 1 : FAILURES_TO_OPEN;
    if (failures < FAILURES_TO_OPEN) this.#become({ at: 'closed', failures });
    else this.#become({ at: 'open', until: this.#clock.now() + REST_MS });
  }

  /** Who asked does not want to know any more: the next one may try. */
  gaveUp(): void {
    if (this.#state.at === 'halfOpen') this.#become({ at: 'open', until: this.#clock.now() });
  }

  #become(state: State): void {
    const before = this.#state.at;
    this.#state = state;
    if (state.at !== before) this.#changed(state.at);
  }
}
