import { eq, lte, sql } from 'drizzle-orm';
import type { RetentionRepository } from '../ports/retentionRepository.ts';
import { advisoryLock } from './advisoryLock.ts';
import type { Database } from './database.ts';
import { blockedPairs, events, metPairs } from './schema.ts';
import { storing } from './storing.ts';

/** Deletes for a few milliseconds at a time, so that nobody's pair waits behind it. */
const BATCH = 1_000;

export function databaseRetention(database: Database): RetentionRepository {
  return {
    async forgetPairs(endedBefore, signal) {
      const met = await inBatches(() => forgetBatch(database, metPairs, endedBefore), signal);
      const blocked = await inBatches(
        () => forgetBatch(database, blockedPairs, endedBefore),
        signal,
      );
      return met + blocked;
    },
  };
}

async function inBatches(forget: () => Promise<number>, signal: AbortSignal): Promise<number> {
  let forgotten = 0;
  while (!signal.aborted) {
    const batch = await storing(forget());
    forgotten += batch;
    if (batch < BATCH) break;
  }
  return forgotten;
}

function forgetBatch(
  database: Database,
  pairs: typeof metPairs | typeof blockedPairs,
  endedBefore: Date,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const [lock] = await transaction
      .select({ held: sql<boolean>`pg_try_advisory_xact_lock(${advisoryLock('retention')})` })
      .from(sql`(select 1) as once`);
    if (!lock?.held) return 0;
    const ended = lte(
      sql`least(${events.closedAt}, ${events.closesAt})`,
      sql.param(endedBefore, events.closesAt),
    );
    const row = sql`${pairs}.ctid`;
    const doomed = transaction
      .select({ row })
      .from(pairs)
      .innerJoin(events, eq(events.id, pairs.eventId))
      .where(ended)
      .limit(BATCH)
      // Whoever opens an event again waits, or is seen: the condition is checked once it is locked.
      .for('share', { of: events });
    const gone = await transaction
      .delete(pairs)
      .where(sql`${row} in ${doomed}`)
      .returning({ low: pairs.lowMember });
    return gone.length;
  });
}
