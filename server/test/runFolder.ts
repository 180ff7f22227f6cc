import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the environment's variable with the folder. */
const RUN_FOLDER = 'TEST_RUN_FOLDER';

const making = new Map<string, Promise<void>>();

/**
 * Where a run keeps what takes a core seconds to make and is the same in all of its files; null outside
 * of a run, where everybody makes their own.
 */
export function runFolder(): string | null {
  return process.env[RUN_FOLDER] ?? null;
}

/** `make` writes a file or a folder at the path it is given, unless there is one already. */
export async function madeOnce(
  path: string,
  make: (path: string) => Promise<void>,
): Promise<string> {
  if (!existsSync(path)) {
    if (!making.has(path)) making.set(path, makeWhole(path, make));
    await making.get(path);
  }
  return path;
}

/** Under its name only once it is whole; a file that runs at the same time may have been faster. */
async function makeWhole(path: string, make: (path: string) => Promise<void>): Promise<void> {
  const begun = join(await mkdtemp(`${path}-`), 'begun');
  await make(begun);
  await rename(begun, path).catch((error: unknown) => {
    if (!existsSync(path)) throw error;
  });
}

/** Vitest's global setup: the folder is there until the run is over. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  // Several projects ask for it.
  if (runFolder() !== null) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'foyer-run-'));
  process.env[RUN_FOLDER] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
