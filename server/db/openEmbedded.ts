import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Logger } from 'pino';
import { fail, ok, type Result } from '../../shared/result.ts';
import { DiskRoom } from './diskRoom.ts';
import { EmbeddedClient } from './embeddedClient.ts';
import type { EmbeddedOptions } from './embeddedMessages.ts';
import { lockFolder, type FolderLock } from './folderLock.ts';
import { guardPglite } from './guardedPglite.ts';
import type { OpenDatabase } from './openDatabase.ts';

interface EmbeddedPlace {
  /** A folder, or `memory:` for a database that ends with the process. */
  readonly data: string;
  readonly migrationsFolder: string;
  readonly log: Logger;
}

/** PGlite's default shared buffers cost 140 MB that a lobby server never needs. */
const SMALL_BUFFERS = ['-c', 'shared_buffers=8MB'];
/** PGlite turns fsync off by default, and an acknowledged pair must survive a crash. */
const NO_FSYNC = '-F';

/** Opens PGlite and brings its tables up to date. The error is a sentence for the operator. */
export async function openEmbedded(place: EmbeddedPlace): Promise<Result<OpenDatabase, string>> {
  if (place.data === 'memory:') {
    const startParams = [...PGlite.defaultStartParams, ...SMALL_BUFFERS];
    return ok(await openPglite({ startParams }, place, null));
  }
  const lock = await lockFolder(place.data);
  if (!lock.ok) return fail(lock.error);
  try {
    const opened = await openFolder(place, lock.value);
    if (!opened.ok) await lock.value.release();
    return opened;
  } catch (error) {
    await lock.value.release();
    return fail(embeddedProblem(place.data, error));
  }
}

async function openFolder(
  place: EmbeddedPlace,
  lock: FolderLock,
): Promise<Result<OpenDatabase, string>> {
  const room = new DiskRoom(place.data, place.log);
  // Opening writes as well, and hangs where it cannot.
  if (!room.has()) return fail(`${room.problem} Make room on it, then start again.`);
  const durable = PGlite.defaultStartParams.filter((parameter) => parameter !== NO_FSYNC);
  const options = {
    dataDir: join(place.data, 'pglite'),
    startParams: [...durable, ...SMALL_BUFFERS],
  };
  const opened = await openPglite(options, place, room);
  return ok({
    ...opened,
    async close() {
      await opened.close();
      await lock.release();
    },
  });
}

/** Of the database itself, or of the file system below it: a full disk, a folder of somebody else. */
function embeddedProblem(folder: string, error: unknown): string {
  const { cause, message } = error instanceof Error ? error : new Error(String(error));
  const reason = cause instanceof Error ? cause.message : message;
  return `The database in ${folder} could not be opened (${reason}). See that the disk has room and that the folder is this user's, then start again.`;
}

async function openPglite(
  options: EmbeddedOptions,
  { migrationsFolder, log }: EmbeddedPlace,
  room: DiskRoom | null,
): Promise<OpenDatabase> {
  const client = await EmbeddedClient.open(options);
  const guarded = guardPglite(client, { room, log });
  // Of the whole PGlite, drizzle uses the two functions that are there.
  const database = drizzle({ client: guarded as Pick<PGlite, never> as PGlite });
  try {
    await migrate(database, { migrationsFolder });
  } catch (error) {
    await client.terminate();
    throw error;
  }
  return {
    database,
    connections: 1,
    takesWrites: () => room?.has() ?? true,
    close: () => (guarded.isStopped() ? client.terminate() : client.close()),
  };
}
