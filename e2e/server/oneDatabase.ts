import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASE_PLACE } from './copyDatabase.ts';

/** A place for the database that all servers of this run begin with, until the run is over. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  // Two projects ask for it.
  if (process.env[DATABASE_PLACE] !== undefined) return undefined;
  const place = await mkdtemp(join(tmpdir(), 'foyer-database-'));
  process.env[DATABASE_PLACE] = place;
  return () => rm(place, { recursive: true, force: true });
}
