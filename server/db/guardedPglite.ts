import type { Logger } from 'pino';
import { StorageError } from '../ports/storageError.ts';
import type { DiskRoom } from './diskRoom.ts';
import { EmbeddedEnded, type EmbeddedClient } from './embeddedClient.ts';

/** PostgreSQL's own word for a full disk. */
const DISK_FULL = '53100';
/** Our word for a database that will not answer before the next start. */
const STOPPED = 'stopped';
const READING = /^\s*select\b/i;
/** Severities after which PostgreSQL's process would end; the embedded one has none to end. */
const LAST_WORDS: ReadonlySet<unknown> = new Set(['PANIC', 'FATAL']);

/** What drizzle uses of PGlite. */
export type PgliteClient = Pick<EmbeddedClient, 'query' | 'transaction'>;

interface GuardedPglite extends PgliteClient {
  isStopped(): boolean;
}

interface Guard {
  readonly room: DiskRoom | null;
  readonly log: Logger;
}

/**
 * Keeps PGlite from its own ends: nothing is written on a disk that is nearly full, and a database that
 * said PANIC is never asked again, because it would not answer.
 */
export function guardPglite(client: PgliteClient, { room, log }: Guard): GuardedPglite {
  let stopped = false;
  const guarded = async <T>(writes: boolean, work: () => Promise<T>): Promise<T> => {
    if (stopped) throw new StorageError(STOPPED, 'The embedded database has stopped.');
    if (writes && room?.has() === false) throw new StorageError(DISK_FULL, room.problem);
    try {
      return await work();
    } catch (error) {
      if (isLastWord(error) && !stopped) {
        stopped = true;
        log.fatal({ err: error }, 'the embedded database has stopped; restart the server');
      }
      throw error;
    }
  };
  return {
    query: (text, ...rest) => guarded(!READING.test(text), () => client.query(text, ...rest)),
    transaction: (work) => guarded(true, () => client.transaction(work)),
    isStopped: () => stopped,
  };
}

function isLastWord(error: unknown): boolean {
  if (error instanceof EmbeddedEnded) return true;
  return error instanceof Error && 'severity' in error && LAST_WORDS.has(error.severity);
}
