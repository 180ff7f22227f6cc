import { sql } from 'drizzle-orm';
import type { ReadinessCheck } from '../ports/readinessCheck.ts';
import type { Database } from './database.ts';

/** Whether the database answers a query that needs no table, and has room for more. */
export function databaseReadiness(database: Database, takesWrites: () => boolean): ReadinessCheck {
  return {
    part: 'database',
    async works() {
      try {
        await database.execute(sql`select 1`);
        return takesWrites();
      } catch {
        return false;
      }
    },
  };
}
