import { inject } from 'vitest';
import { newDatabase } from './newDatabase.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL for all tests of a project that has one. */
    postgresUrl: string;
  }
}

/**
 * Where a test's server keeps its data, as environment variables: a database of its own on
 * PostgreSQL in the project that runs there, else the embedded one in `folder`.
 */
export async function dataPlace(folder = 'memory:'): Promise<Record<string, string>> {
  const url = inject('postgresUrl') as string | undefined;
  if (url === undefined) return { FOYER_DATA: folder };
  return { DATABASE_URL: await newDatabase(url), DATABASE_POOL_SIZE: '4' };
}
