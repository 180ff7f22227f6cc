import { sql } from 'drizzle-orm';
import type { ReadinessCheck } from '../ports/readinessCheck.ts';
import type { Database } from './database.ts';
import type { OutageLog } from './outageLog.ts';

interface Watched {
  /** Whether there is room for more, as far as that is known without asking. */
  takesWrites(): boolean;
  /** Of the pairs. */
  readonly outage: Pick<OutageLog, 'lasts'>;
}

/**
 * Whether the database answers a query that needs no table, and has room for more. Only where pairs
 * could not be stored the room is tried: with nobody new nobody is matched, and no pair would show
 * that there is room again.
 */
export function databaseReadiness(database: Database, watched: Watched): ReadinessCheck {
  return {
    part: 'database',
    async works() {
      try {
        await database.execute(sql`select 1`);
        if (!watched.takesWrites()) return false;
        if (watched.outage.lasts) await makeRoom(database);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** A table that is gone again when the transaction ends: it needs blocks that nothing has yet. */
async function makeRoom(database: Database): Promise<void> {
  await database.transaction((transaction) =>
    transaction.execute(
      sql`create temporary table room on commit drop as select md5(n::text) from generate_series(1, 1000) as n`,
    ),
  );
}
