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
 * commit of each other lobby. Those who wait for a database that hangs are refused with the write that
 * hangs: nobody waits for two of them.
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
    let groups = [together];
    for (let group = groups.shift(); group; group = groups.shift()) {
      const failure = await this.#try(group);
      if (failure === null) continue;
      if (!isOfTheValues(failure)) {
        if (isTooSlow(failure)) refuse(this.#waiting.splice(0), failure);
        return refuse([...group, ...groups.flat()], failure);
      }
      if (group.length === 1) refuse(group, failure);
      // What one lobby wants cannot be written: that is no reason to refuse the others.
      else groups = group.map((one) => [one]);
    }
  }

  /** Why it failed; null when it did not. */
  async #try(group: readonly Waiting<Request, Answer>[]): Promise<unknown> {
    try {
      const answers = await this.#write(group.map(({ request }) => request));
      for (const [place, { answer }] of group.entries()) answer.resolve(answers[place] as Answer);
      return null;
    } catch (error) {
      return error;
    }
  }
}

interface Refusable {
  readonly answer: { reject(error: unknown): void };
}

function refuse(those: readonly Refusable[], error: unknown): void {
  for (const { answer } of those) answer.reject(error);
}

function isTooSlow(error: unknown): boolean {
  return error instanceof StorageError && error.code === 'tooSlow';
}

function isOfTheValues(error: unknown): boolean {
  return error instanceof StorageError && OF_THE_VALUES.test(error.code);
}
