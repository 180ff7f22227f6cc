import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** PGlite or PostgreSQL: what runs the queries is decided where it is opened. */
export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;
