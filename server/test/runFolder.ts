import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the environment's variable with the folder. */
const RUN_FOLDER = 'TEST_RUN_FOLDER';

/**
 * Where a run keeps what takes a core seconds to make and is the same in all of its files; null outside
 * of a run, where everybody makes their own.
 */
export function runFolder(): string | null {
  return process.env[RUN_FOLDER] ?? null;
}

/** Vitest's global setup: the folder is there until the run is over. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  // Several projects ask for it.
  if (runFolder() !== null) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'foyer-run-'));
  process.env[RUN_FOLDER] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
