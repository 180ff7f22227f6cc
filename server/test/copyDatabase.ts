import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolder } from './runFolder.ts';

/** In a server's data folder; beside it lies the lock of whoever has it open. */
const DATABASE = 'pglite';

let made: Promise<void> | null = null;

/**
 * Puts a new, empty database into a server's data folder. To make one takes seconds of a core and to
 * copy one a moment, so that it is made once in a run. `open` opens a database in a folder and
 * closes it again.
 */
export async function copyDatabase(
  data: string,
  open: (folder: string) => Promise<void>,
): Promise<void> {
  const place = runFolder();
  if (place === null) return;
  const original = join(place, DATABASE);
  if (!existsSync(original)) await (made ??= make(place, original, open));
  await cp(original, join(data, DATABASE), { recursive: true });
}

/** Under its name only once it is whole; a file that runs at the same time may have been faster. */
async function make(
  place: string,
  original: string,
  open: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(place, 'first-'));
  await open(folder);
  await rename(join(folder, DATABASE), original).catch((error: unknown) => {
    if (!existsSync(original)) throw error;
  });
}
