import type { PGlite } from '@electric-sql/pglite';
import type { Logger } from 'pino';
import { StorageError } from '../ports/storageError.ts';
import type { DiskRoom } from './diskRoom.ts';

/** PostgreSQL's own word for a full disk. */
const DISK_FULL = '53100';
/** Our word for a database that will not answer before the next start. */
const STOPPED = 'stopped';
const READING = /^\s*select\b/i;
/** Severities after which PostgreSQL's process would end; the embedded one has none to end. */
const LAST_WORDS: ReadonlySet<unknown> = new Set(['PANIC', 'FATAL']);

type Query = PGlite['query'];
type Transact = PGlite['transaction'];

interface Guard {
  readonly room: DiskRoom | null;
  readonly log: Logger;
}

/**
 * Keeps PGlite from its own ends, for whoever uses `query` and `transaction` of it: nothing is written
 * on a disk that is nearly full, and a database that said PANIC is never asked again. It would not
 * answer, and hold up the whole process with that.
 */
export function guardPglite(client: PGlite, { room, log }: Guard): { isStopped(): boolean } {
  let stopped = false;
  const query = client.query.bind(client) as Query;
  const transact = client.transaction.bind(client) as Transact;
  const guarded = async <T>(writes: boolean, work: () => Promise<T>): Promise<T> => {
    if (stopped) throw new StorageError(STOPPED, 'The embedded database has stopped.');
    if (writes && room?.has() === false) throw new StorageError(DISK_FULL, room.problem);
    try {
      return await work();
    } catch (error) {
      if (isLastWord(error)) {
        stopped = true;
        log.fatal({ err: error }, 'the embedded database has stopped; restart the server');
      }
      throw error;
    }
  };
  const guardedQuery: Query = (text, ...rest) =>
    guarded(!READING.test(text), () => query(text, ...rest));
  const guardedTransaction: Transact = (work) => guarded(true, () => transact(work));
  Object.assign(client, { query: guardedQuery, transaction: guardedTransaction });
  return { isStopped: () => stopped };
}

function isLastWord(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && LAST_WORDS.has(error.severity);
}
