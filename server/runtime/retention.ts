import type { Logger } from 'pino';
import type { Clock } from '../ports/clock.ts';
import type { RetentionRepository } from '../ports/retentionRepository.ts';
import type { ServerLimits } from './serverLimits.ts';

interface RetentionParts {
  readonly retention: RetentionRepository;
  readonly clock: Clock;
  readonly limits: Pick<ServerLimits, 'retentionMs' | 'idleRetentionMs' | 'retentionEveryMs'>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Forgets, at the start and then every hour, who met whom in events that ended a day ago, and in those
 * without an end that have been idle for a month.
 */
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
      const now = clock.date().getTime();
      const ended = await retention.forgetPairs(new Date(now - limits.retentionMs), signal);
      if (ended > 0) log.info({ pairs: ended }, 'pairs of ended events forgotten');
      const idle = await retention.forgetIdlePairs(new Date(now - limits.idleRetentionMs), signal);
      if (idle > 0) log.info({ pairs: idle }, 'pairs of idle events forgotten');
    } catch (error) {
      log.error({ err: error }, 'pairs could not be forgotten; next try in an hour');
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
