import { join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fail, ok, type Result } from '../../shared/result.ts';
import { lockFolder, type FolderLock } from './folderLock.ts';
import type { OpenDatabase } from './openDatabase.ts';

interface EmbeddedPlace {
  /** A folder, or `memory:` for a database that ends with the process. */
  readonly data: string;
  readonly migrationsFolder: string;
}

/** PGlite's default shared buffers cost 140 MB that a lobby server never needs. */
const SMALL_BUFFERS = ['-c', 'shared_buffers=8MB'];
/** PGlite turns fsync off by default, and an acknowledged pair must survive a crash. */
const NO_FSYNC = '-F';

/** Opens PGlite and brings its tables up to date. The error is a sentence for the operator. */
export async function openEmbedded(place: EmbeddedPlace): Promise<Result<OpenDatabase, string>> {
  if (place.data === 'memory:') {
    const startParams = [...PGlite.defaultStartParams, ...SMALL_BUFFERS];
    return ok(await openPglite({ startParams }, place.migrationsFolder, null));
  }
  const lock = await lockFolder(place.data);
  if (!lock.ok) return fail(lock.error);
  try {
    const durable = PGlite.defaultStartParams.filter((parameter) => parameter !== NO_FSYNC);
    const options = {
      dataDir: join(place.data, 'pglite'),
      startParams: [...durable, ...SMALL_BUFFERS],
    };
    return ok(await openPglite(options, place.migrationsFolder, lock.value));
  } catch (error) {
    await lock.value.release();
    return fail(embeddedProblem(place.data, error));
  }
}

/** Of the database itself, or of the file system below it: a full disk, a folder of somebody else. */
function embeddedProblem(folder: string, error: unknown): string {
  const { cause, message } = error instanceof Error ? error : new Error(String(error));
  const reason = cause instanceof Error ? cause.message : message;
  return `The database in ${folder} could not be opened (${reason}). See that the disk has room and that the folder is this user's, then start again.`;
}

async function openPglite(
  options: PGliteOptions,
  migrationsFolder: string,
  lock: FolderLock | null,
): Promise<OpenDatabase> {
  const client = await PGlite.create(options);
  const database = drizzle({ client });
  await migrate(database, { migrationsFolder });
  return {
    database,
    async close() {
      await client.close();
      await lock?.release();
    },
  };
}
