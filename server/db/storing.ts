import type { Millis } from '../../shared/ids.ts';
import { StorageError } from '../ports/storageError.ts';

/**
 * A frozen database keeps its connections and never answers. Above PostgreSQL's own statement
 * timeout, which gives the better reason.
 */
const DEADLINE_MS: Millis = 6_000;

/** Waits for the database, not for ever. Throws StorageError only. */
export async function storing<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(TOO_SLOW()), DEADLINE_MS);
  });
  try {
    return await Promise.race([work, tooLong]);
  } catch (error) {
    throw error instanceof StorageError ? error : withoutValues(error);
  } finally {
    clearTimeout(timer);
  }
}

const TOO_SLOW = () =>
  new StorageError('tooSlow', `The database did not answer within ${DEADLINE_MS} ms.`);

/** What drizzle throws quotes the query's values, which are about people. */
function withoutValues(error: unknown): StorageError {
  const cause = error instanceof Error && 'query' in error ? error.cause : error;
  if (!(cause instanceof Error)) return new StorageError('unknown', 'The database failed.');
  return new StorageError('code' in cause ? String(cause.code) : cause.name, cause.message);
}
