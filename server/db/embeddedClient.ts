import { once } from 'node:events';
import { extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { QueryOptions, Results } from '@electric-sql/pglite';
import type { Millis } from '../../shared/ids.ts';
import type {
  EmbeddedCall,
  EmbeddedOptions,
  EmbeddedProblem,
  EmbeddedReply,
  EmbeddedRequest,
} from './embeddedMessages.ts';

/** It writes what is in memory to the disk, which may be slow. */
const CLOSE_WITHIN_MS: Millis = 10_000;

interface Queries {
  query(text: string, values?: unknown[], options?: QueryOptions): Promise<Results>;
}

/** Beside this file, and written in the same language: as it stands in the repository, or bundled. */
const THREAD = new URL(`./embeddedThread${extname(import.meta.filename)}`, import.meta.url);

/** What the database itself says. */
class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
  readonly code: unknown;
  readonly severity: unknown;

  constructor({ message, code, severity }: EmbeddedProblem) {
    super(message);
    this.code = code;
    this.severity = severity;
  }
}

/** There is no database to ask any more. */
export class EmbeddedEnded extends Error {
  override readonly name = 'EmbeddedEnded';
}

/** PGlite in a thread of its own, with as much of its interface as drizzle uses. */
export class EmbeddedClient implements Queries {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Results>>();
  #lastId = 0;
  #ended: Error | null = null;

  private constructor(thread: Worker) {
    this.#thread = thread;
    thread.on('message', (reply: EmbeddedReply) => this.#replied(reply));
    thread.on('error', (cause) => this.#end(cause));
    thread.on('exit', () => this.#end());
  }

  /** Rejects with what PGlite says when it cannot open its folder. */
  static async open(options: EmbeddedOptions): Promise<EmbeddedClient> {
    const thread = new Worker(THREAD, { workerData: options, name: 'database' });
    const ended = once(thread, 'exit').then((): never => {
      throw new EmbeddedEnded('The thread of the embedded database ended while it opened.');
    });
    await Promise.race([once(thread, 'message'), ended]);
    return new EmbeddedClient(thread);
  }

  query(text: string, values?: unknown[], options?: QueryOptions): Promise<Results> {
    return this.#query({ text, values, options });
  }

  async transaction<T>(work: (transaction: Queries) => Promise<T>): Promise<T> {
    const { id: within, done } = this.#ask({ do: 'begin' });
    await done;
    const end = (commit: boolean) => this.#ask({ do: 'end', within, commit }).done;
    try {
      const result = await work({
        query: (text, values, options) => this.#query({ text, values, options, within }),
      });
      await end(true);
      return result;
    } catch (error) {
      // It may be over already, when it was its end that failed.
      await end(false).catch(() => undefined);
      throw error;
    }
  }

  /** A database that hangs is not waited for: what it has acknowledged is on the disk. */
  async close(withinMs: Millis = CLOSE_WITHIN_MS): Promise<void> {
    const given = pause(withinMs, undefined, { ref: false });
    try {
      if (this.#ended === null) await Promise.race([this.#ask({ do: 'close' }).done, given]);
    } finally {
      await this.terminate();
    }
  }

  /** Without a word to the database, which may never answer again. */
  async terminate(): Promise<void> {
    await this.#thread.terminate();
  }

  #query({ text, values = [], options, within }: Asked): Promise<Results> {
    const asText = Object.keys(options?.parsers ?? {}).map(Number);
    const query = { text, values, rowMode: options?.rowMode ?? 'object', asText };
    return this.#ask({ do: 'query', query, ...(within !== undefined && { within }) }).done;
  }

  #ask(request: EmbeddedRequest): { readonly id: number; readonly done: Promise<Results> } {
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<Results>();
    if (this.#ended === null) {
      this.#waiting.set(id, answer);
      this.#thread.postMessage({ ...request, id } satisfies EmbeddedCall);
    } else answer.reject(this.#ended);
    return { id, done: answer.promise };
  }

  #replied(reply: EmbeddedReply): void {
    const answer = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('problem' in reply) answer?.reject(new EmbeddedError(reply.problem));
    else answer?.resolve(reply.results as Results);
  }

  #end(cause?: Error): void {
    this.#ended ??= new EmbeddedEnded('The embedded database has ended.', { cause });
    for (const answer of this.#waiting.values()) answer.reject(this.#ended);
    this.#waiting.clear();
  }
}

interface Asked {
  readonly text: string;
  readonly values?: readonly unknown[] | undefined;
  readonly options?: QueryOptions | undefined;
  readonly within?: number;
}
