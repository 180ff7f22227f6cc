import { StorageError } from '../ports/storageError.ts';

/** Writes all or nothing; an answer for each of the requests. Throws StorageError only. */
type Write<Request, Answer> = (requests: readonly Request[]) => Promise<readonly Answer[]>;

interface Waiting<Request, Answer> {
  readonly request: Request;
  readonly answer: PromiseWithResolvers<Answer>;
}

/** PostgreSQL's classes of what is wrong with the values themselves: it would be again. */
const OF_THE_VALUES = /^2[23]/u;

/**
 * Group commit: what is asked for while every connection of the database is busy is written together
 * as soon as one is free. One lobby waits for what is being written when it asks, and not for one
 * commit of each other lobby.
 */
export class SharedWrites<Request, Answer> {
  readonly #write: Write<Request, Answer>;
  readonly #atOnce: number;
  #waiting: Waiting<Request, Answer>[] = [];
  #running = 0;

  constructor(write: Write<Request, Answer>, atOnce: number) {
    this.#write = write;
    this.#atOnce = atOnce;
  }

  /** Throws StorageError only. */
  write(request: Request): Promise<Answer> {
    const answer = Promise.withResolvers<Answer>();
    this.#waiting.push({ request, answer });
    this.#next();
    return answer.promise;
  }

  #next(): void {
    if (this.#running === this.#atOnce || this.#waiting.length === 0) return;
    const together = this.#waiting;
    this.#waiting = [];
    this.#running += 1;
    void this.#writeAll(together).then(() => {
      this.#running -= 1;
      this.#next();
    });
  }

  async #writeAll(together: readonly Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await this.#write(together.map(({ request }) => request));
      for (const [place, { answer }] of together.entries())
        answer.resolve(answers[place] as Answer);
    } catch (error) {
      if (together.length > 1 && isOfTheValues(error)) await this.#writeEach(together);
      else for (const { answer } of together) answer.reject(error);
    }
  }

  /** What one lobby wants cannot be written: that is no reason to refuse the others. */
  async #writeEach(together: readonly Waiting<Request, Answer>[]): Promise<void> {
    for (const one of together) await this.#writeAll([one]);
  }
}

function isOfTheValues(error: unknown): boolean {
  return error instanceof StorageError && OF_THE_VALUES.test(error.code);
}
