import { and, eq, exists, gt, inArray, isNull, lte, notExists, sql } from 'drizzle-orm';
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
    async forgetIdlePairs(idleSince, signal) {
      const idle = await storing(idleEvents(database, idleSince));
      if (idle.length === 0) return 0;
      return inBatches(() => forgetIdleBatch(database, idle, idleSince), signal);
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
    if (!(await isFirst(transaction))) return 0;
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

/** Those without an end in which somebody has met somebody, and nobody anybody since then. */
async function idleEvents(database: Database, idleSince: Date): Promise<readonly string[]> {
  const pairsOf = database.select().from(metPairs).where(eq(metPairs.eventId, events.id));
  const recent = database
    .select()
    .from(metPairs)
    .where(and(eq(metPairs.eventId, events.id), gt(metPairs.metAt, idleSince)));
  const rows = await database
    .select({ id: events.id })
    .from(events)
    .where(
      and(isNull(events.closesAt), isNull(events.closedAt), exists(pairsOf), notExists(recent)),
    );
  return rows.map(({ id }) => id);
}

/** Whoever meets in there meanwhile stays: their rows are younger. */
function forgetIdleBatch(
  database: Database,
  idle: readonly string[],
  idleSince: Date,
): Promise<number> {
  return database.transaction(async (transaction) => {
    if (!(await isFirst(transaction))) return 0;
    const row = sql`${metPairs}.ctid`;
    const doomed = transaction
      .select({ row })
      .from(metPairs)
      .where(and(inArray(metPairs.eventId, [...idle]), lte(metPairs.metAt, idleSince)))
      .limit(BATCH);
    const gone = await transaction
      .delete(metPairs)
      .where(sql`${row} in ${doomed}`)
      .returning({ low: metPairs.lowMember });
    return gone.length;
  });
}

/** One node at a time forgets. */
async function isFirst(transaction: Database): Promise<boolean> {
  const [lock] = await transaction
    .select({ held: sql<boolean>`pg_try_advisory_xact_lock(${advisoryLock('retention')})` })
    .from(sql`(select 1) as once`);
  return lock?.held ?? false;
}
