import type { Logger } from 'pino';
import { StorageError } from '../ports/storageError.ts';

/** Logs the first failure of a row, and its end: a full disk fails every second, for hours. */
export class OutageLog {
  readonly #log: Logger;
  readonly #what: string;
  #code: string | null = null;
  #failures = 0;

  /** `what` is done again and again, such as `storing pairs`. */
  constructor(log: Logger, what: string) {
    this.#log = log;
    this.#what = what;
  }

  /** Whether the last try failed. */
  get lasts(): boolean {
    return this.#code !== null;
  }

  failed(error: unknown): void {
    const code = error instanceof StorageError ? error.code : 'unknown';
    this.#failures += 1;
    if (code !== this.#code) this.#log.error({ err: error }, `${this.#what} failed`);
    this.#code = code;
  }

  worked(): void {
    if (this.#code === null) return;
    this.#log.info({ failures: this.#failures }, `${this.#what} works again`);
    this.#code = null;
    this.#failures = 0;
  }
}
