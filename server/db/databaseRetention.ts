import { eq, lte, sql } from 'drizzle-orm';
import type { RetentionRepository } from '../ports/retentionRepository.ts';
import { advisoryLock } from './advisoryLock.ts';
import type { Database } from './database.ts';
import { events, metPairs } from './schema.ts';
import { storing } from './storing.ts';

/** Deletes for a few milliseconds at a time, so that nobody's pair waits behind it. */
const BATCH = 1_000;

export function databaseRetention(database: Database): RetentionRepository {
  return {
    async forgetPairs(endedBefore, signal) {
      let forgotten = 0;
      while (!signal.aborted) {
        const batch = await storing(forgetBatch(database, endedBefore));
        forgotten += batch;
        if (batch < BATCH) break;
      }
      return forgotten;
    },
  };
}

function forgetBatch(database: Database, endedBefore: Date): Promise<number> {
  return database.transaction(async (transaction) => {
    const [lock] = await transaction
      .select({ held: sql<boolean>`pg_try_advisory_xact_lock(${advisoryLock('retention')})` })
      .from(sql`(select 1) as once`);
    if (!lock?.held) return 0;
    const ended = lte(
      sql`least(${events.closedAt}, ${events.closesAt})`,
      sql.param(endedBefore, events.closesAt),
    );
    const key = [metPairs.eventId, metPairs.lowMember, metPairs.highMember] as const;
    const doomed = transaction
      .select({ event: key[0], low: key[1], high: key[2] })
      .from(metPairs)
      .innerJoin(events, eq(events.id, metPairs.eventId))
      .where(ended)
      .limit(BATCH)
      // Whoever opens an event again waits, or is seen: the condition is checked once it is locked.
      .for('share', { of: events });
    const gone = await transaction
      .delete(metPairs)
      .where(sql`(${key[0]}, ${key[1]}, ${key[2]}) in ${doomed}`)
      .returning({ low: metPairs.lowMember });
    return gone.length;
  });
}
