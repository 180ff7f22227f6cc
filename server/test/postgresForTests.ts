import type { TestProject } from 'vitest/node';
import { findPostgres } from '../../scripts/ensurePostgres.ts';
import { startPostgres } from './startPostgres.ts';

/** One PostgreSQL for all files of the project; each test makes a database of its own in it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const programs = findPostgres();
  if (programs === null)
    throw new Error('PostgreSQL was not found: run scripts/ensurePostgres.ts.');
  const server = await startPostgres(programs);
  provide('postgresUrl', server.url);
  return () => server.close();
}
