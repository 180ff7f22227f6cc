import type { Millis } from '../../shared/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { RelayListener } from '../ports/iceServerSource.ts';
import type { CircuitBreaker } from './circuitBreaker.ts';
import type { ProbedService } from './relayService.ts';

interface ProberParts {
  readonly service: ProbedService;
  readonly breaker: CircuitBreaker;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly listener: RelayListener;
  /** Between two questions to one that answers. */
  readonly everyMs: Millis;
  /** It serves from now on, or does not. */
  readonly changed: () => void;
}

/** One that did not answer is asked again so much sooner: to be sure, and to see it return. */
const HURRY = 10;
/** Nodes that were started together need not ask together; a share of the pause. */
const JITTER = 0.1;

/**
 * Asks a relay service whose credentials are computed here whether it is there at all, for as long as
 * some lobby is open. Three silences in a row, and it does not serve; one answer, and it does.
 */
export class RelayProber {
  readonly #parts: ProberParts;
  #lobbies = 0;
  #running: AbortController | null = null;
  #first: Promise<void> = Promise.resolve();
  /** Since somebody needs to know. */
  #hasAnswered = false;
  #serves = true;

  constructor(parts: ProberParts) {
    this.#parts = parts;
  }

  get serves(): boolean {
    return this.#serves;
  }

  /** Settles once something is known. */
  known(): Promise<void> {
    return this.#first;
  }

  /** Goes on until the signals of all who ever asked have aborted. */
  watch(signal: AbortSignal): void {
    this.#lobbies += 1;
    signal.addEventListener('abort', () => this.#unwatch(), { once: true });
    if (this.#running) return;
    this.#running = new AbortController();
    this.#hasAnswered = false;
    this.#first = this.#probe(this.#running.signal);
  }

  #unwatch(): void {
    this.#lobbies -= 1;
    if (this.#lobbies > 0) return;
    this.#running?.abort();
    this.#running = null;
  }

  async #probe(signal: AbortSignal): Promise<void> {
    const { service, breaker, listener } = this.#parts;
    const answer = await service.probe(signal);
    if (signal.aborted) return;
    if (answer.ok) {
      this.#hasAnswered = true;
      breaker.succeeded();
    } else {
      // What is known to be silent need not be told again and again.
      if (!breaker.isOpen) listener.failed(service.name, answer.error);
      breaker.failed();
    }
    this.#become(answer.ok || (this.#hasAnswered && !breaker.isOpen));
    this.#probeLater(answer.ok, signal);
  }

  #become(serves: boolean): void {
    const changes = serves !== this.#serves;
    this.#serves = serves;
    if (changes) this.#parts.changed();
  }

  #probeLater(calm: boolean, signal: AbortSignal): void {
    const { clock, everyMs } = this.#parts;
    const pause = (calm ? everyMs : everyMs / HURRY) * (1 + JITTER * (2 * Math.random() - 1));
    const cancel = clock.after(pause, () => {
      signal.removeEventListener('abort', cancel);
      void this.#probe(signal);
    });
    signal.addEventListener('abort', cancel, { once: true });
  }
}
