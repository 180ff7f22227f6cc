interface Asked<Job> {
  readonly job: Job;
  readonly urgent: boolean;
}

/**
 * Runs one job at a time, and of those that wait keeps only the latest. An urgent one cuts the
 * running job short by its signal, and gives its place only to a later urgent one.
 */
export class LatestWins<Job> {
  readonly #work: (job: Job, signal: AbortSignal) => Promise<void>;
  #waiting: Asked<Job> | null = null;
  #attempt = new AbortController();
  #running: Promise<void> | null = null;

  constructor(work: (job: Job, signal: AbortSignal) => Promise<void>) {
    this.#work = work;
  }

  /** Resolves when nothing runs and nothing waits any more. */
  ask(job: Job, urgent: boolean): Promise<void> {
    if (urgent || !this.#waiting?.urgent) this.#waiting = { job, urgent };
    if (urgent) this.#attempt.abort();
    this.#running ??= this.#run();
    return this.#running;
  }

  idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Forgets what waits and cuts short what runs. */
  stop(): void {
    this.#waiting = null;
    this.#attempt.abort();
  }

  async #run(): Promise<void> {
    while (this.#waiting) {
      const { job } = this.#waiting;
      this.#waiting = null;
      this.#attempt = new AbortController();
      await this.#work(job, this.#attempt.signal);
    }
    this.#running = null;
  }
}
