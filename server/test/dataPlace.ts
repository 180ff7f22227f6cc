import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { copyDatabase } from './copyDatabase.ts';
import { newDatabase } from './newDatabase.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for all tests of a project that has one. */
    postgresUrl: string;
  }
}

interface DataPlace {
  /** As environment variables. */
  readonly environment: Record<string, string>;
  /** Once nobody uses it any more. */
  remove(): Promise<void>;
}

/** A place for a test's server in a folder that goes with it. */
export async function newDataPlace(): Promise<DataPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-'));
  return {
    environment: await dataPlace(folder),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/**
 * Where a test's server keeps its data, as environment variables: a database of its own on
 * PostgreSQL in the project that runs there, else the embedded one in `folder`.
 */
export async function dataPlace(folder: string): Promise<Record<string, string>> {
  const url = inject('postgresUrl') as string | undefined;
  if (url !== undefined) {
    return { DATABASE_URL: await newDatabase(url), DATABASE_POOL_SIZE: '4' };
  }
  await copyDatabase(folder);
  return { FOYER_DATA: folder };
}
