import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { RetentionRepository } from '../ports/retentionRepository.ts';
import type { ServerLimits } from './serverLimits.ts';

interface RetentionParts {
  readonly retention: RetentionRepository;
  readonly clock: Clock;
  readonly limits: Pick<ServerLimits, 'retentionMs' | 'retentionEveryMs'>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Forgets, at the start and then every hour, who met whom in events that ended a day ago. */
export class Retention {
  readonly #parts: RetentionParts;
  #running: Promise<void>;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
    this.#running = this.#run();
  }

  /** When nothing is being forgotten at this moment. */
  settled(): Promise<void> {
    return this.#running;
  }

  async #run(): Promise<void> {
    const { retention, clock, limits, log, signal } = this.#parts;
    try {
      const endedBefore = new Date(clock.date().getTime() - limits.retentionMs);
      const pairs = await retention.forgetPairs(endedBefore, signal);
      if (pairs > 0) log.info({ pairs }, 'pairs of ended events forgotten');
    } catch (error) {
      log.error(
        { err: error },
        'pairs of ended events could not be forgotten; next try in an hour',
      );
    }
    this.#runLater();
  }

  #runLater(): void {
    const { clock, limits, signal } = this.#parts;
    if (signal.aborted) return;
    const cancel = clock.after(limits.retentionEveryMs, () => {
      signal.removeEventListener('abort', cancel);
      this.#running = this.#run();
    });
    signal.addEventListener('abort', cancel, { once: true });
  }
}
