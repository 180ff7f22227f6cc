import { fail, ok, type Result } from '../../shared/result.ts';
import { StorageError } from '../ports/storageError.ts';

/** Work of the start, which a database that goes meanwhile ends with a sentence for the operator. */
export async function storageResult<T>(work: Promise<T>): Promise<Result<T, string>> {
  try {
    return ok(await work);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    const { code, message } = error;
    return fail(
      `The database stopped answering while the server was starting (${code}: ${message}). See that it runs and has room, then start again.`,
    );
  }
}
