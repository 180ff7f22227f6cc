import type { Logger } from 'pino';
import type { Result } from '../../shared/result.ts';
import type { Database } from './database.ts';

export interface OpenDatabase {
  readonly database: Database;
  /** So many queries are worked on at a time. */
  readonly connections: number;
  /** Whether there is room for more, as far as that is known from here. */
  takesWrites(): boolean;
  close(): Promise<void>;
}

export interface DatabasePlace {
  /** `postgres://…`; null: the embedded database. */
  readonly databaseUrl: string | null;
  /** Connections to PostgreSQL at most. */
  readonly databasePoolSize: number;
  /** Of the embedded database: a folder, or `memory:`. */
  readonly data: string;
  readonly migrationsFolder: string;
}

/**
 * Opens the database and brings its tables up to date, and loads its driver alone. The error is a
 * sentence for the operator.
 */
export async function openDatabase(
  place: DatabasePlace,
  log: Logger,
): Promise<Result<OpenDatabase, string>> {
  const { databaseUrl: url, databasePoolSize: poolSize, data, migrationsFolder } = place;
  if (url === null) {
    const { openEmbedded } = await import('./openEmbedded.ts');
    return openEmbedded({ data, migrationsFolder, log });
  }
  const { openPostgres } = await import('./openPostgres.ts');
  return openPostgres({ url, poolSize, migrationsFolder });
}
