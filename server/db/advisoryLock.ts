import { sql, type SQL } from 'drizzle-orm';

/** "Foyr" in ASCII: keeps our advisory locks apart from those of other programs on one database. */
export const FOYER_LOCKS = 0x466f_7972;

export const LOCK_PURPOSE = { migrations: 1, retention: 2, settings: 3, addresses: 4 } as const;

/** The two numbers that name a lock, to stand inside one of PostgreSQL's lock functions. */
export function advisoryLock(purpose: keyof typeof LOCK_PURPOSE): SQL {
  return sql`${FOYER_LOCKS}::int, ${LOCK_PURPOSE[purpose]}::int`;
}
