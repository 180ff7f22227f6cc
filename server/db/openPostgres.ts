import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { fail, ok, type Result } from '../../shared/result.ts';
import { FOYER_LOCKS, LOCK_PURPOSE } from './advisoryLock.ts';
import type { OpenDatabase } from './openDatabase.ts';
import { postgresProblem } from './postgresProblem.ts';

interface PostgresPlace {
  readonly url: string;
  readonly poolSize: number;
  readonly migrationsFolder: string;
}

/** A query of ours takes milliseconds; ms. */
const STATEMENT_TIMEOUT = 5_000;
/** A connection that somebody left inside a transaction would keep its locks; ms. */
const IDLE_IN_TRANSACTION_TIMEOUT = 10_000;
/** Another node that starts at the same moment has the tables ready by then; ms. */
const MIGRATION_TIMEOUT = 60_000;
/** Seconds, as the driver wants them. */
const CONNECT_TIMEOUT = 5;
/** After a lost connection; the driver's own pauses grow to 20 s, and people would wait for them. */
const RECONNECT_PAUSE = 0.05;
const CLOSE_TIMEOUT = 2;

const SHARED = {
  connect_timeout: CONNECT_TIMEOUT,
  backoff: () => RECONNECT_PAUSE,
  // It would write them on the terminal.
  onnotice: () => undefined,
};

/** Connects to PostgreSQL and brings its tables up to date. The error is a sentence for the operator. */
export async function openPostgres(place: PostgresPlace): Promise<Result<OpenDatabase, string>> {
  try {
    const problem = await prepare(place);
    if (problem !== null) return fail(problem);
  } catch (error) {
    return fail(postgresProblem.ofError(place.url, error));
  }
  const client = postgres(place.url, {
    ...SHARED,
    max: place.poolSize,
    connection: {
      application_name: 'foyer',
      statement_timeout: STATEMENT_TIMEOUT,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    },
  });
  return ok({
    database: drizzle({ client }),
    connections: place.poolSize,
    // Its disk is its own operator's: a write that fails says so.
    takesWrites: () => true,
    close: () => client.end({ timeout: CLOSE_TIMEOUT }),
  });
}

/** On one connection, whose end also gives the lock back. */
async function prepare({ url, migrationsFolder }: PostgresPlace): Promise<string | null> {
  const connection = { application_name: 'foyer', statement_timeout: MIGRATION_TIMEOUT };
  const client = postgres(url, { ...SHARED, max: 1, max_lifetime: null, connection });
  try {
    const [row] = await client<{ version: string }[]>`
      select current_setting('server_version_num') as version`;
    const problem = postgresProblem.ofVersion(url, Number(row?.version));
    if (problem !== null) return problem;
    // Two nodes that create the same tables at once would both fail.
    await client`select pg_advisory_lock(${FOYER_LOCKS}::int, ${LOCK_PURPOSE.migrations}::int)`;
    await migrate(drizzle({ client }), { migrationsFolder });
    return null;
  } finally {
    await client.end({ timeout: CLOSE_TIMEOUT });
  }
}
