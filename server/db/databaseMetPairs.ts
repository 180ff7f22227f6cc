import { and, count, eq, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { makePgArray } from 'drizzle-orm/pg-core';
import type { EventId, MatchId, MemberId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import type { MetPairRepository, NewPair } from '../ports/metPairRepository.ts';
import type { Database } from './database.ts';
import { orderedPair } from './orderedPair.ts';
import type { OutageLog } from './outageLog.ts';
import { blockedPairs, metPairs } from './schema.ts';
import { storing } from './storing.ts';

export function databaseMetPairs(database: Database, outage: OutageLog): MetPairRepository {
  const insert = preparedInsert(database);
  return {
    async record(eventId, pairs) {
      try {
        const refused = await storing(insertPairs(insert, eventId, pairs));
        outage.worked();
        return ok(refused);
      } catch (error) {
        outage.failed(error);
        return fail('storageFailed');
      }
    },
    load: (eventId, cycle) => storing(loadPairs(database, eventId, cycle)),
    count: (eventId, cycle) => storing(countPairs(database, eventId, cycle)),
  };
}

async function loadPairs(
  database: Database,
  eventId: EventId,
  cycle: number,
): Promise<(readonly [MemberId, MemberId])[]> {
  const rows = await database.select().from(metPairs).where(metIn(eventId, cycle));
  return rows.map((row) => [row.lowMember as MemberId, row.highMember as MemberId] as const);
}

async function countPairs(database: Database, eventId: EventId, cycle: number): Promise<number> {
  const [row] = await database
    .select({ pairs: count() })
    .from(metPairs)
    .where(metIn(eventId, cycle));
  return row?.pairs ?? 0;
}

function metIn(eventId: EventId, cycle: number) {
  return and(eq(metPairs.eventId, eventId), eq(metPairs.cycle, cycle));
}

/**
 * One statement with four parameters, however many pairs: a list of values has a limit of 65,535. Its
 * text is made once: it takes longer than anything else that a match costs here.
 * In order, so that two nodes with the same pairs never wait for each other. Another lobby of the
 * event may know of a block that this one has not read.
 */
function preparedInsert(database: Database) {
  const { placeholder } = sql;
  const event = placeholder('event');
  return database
    .insert(metPairs)
    .select(
      sql`select ${event}::text, pair.low, pair.high, pair.cycle, now() from unnest(${placeholder('lows')}::text[], ${placeholder('highs')}::text[], ${placeholder('cycles')}::int[]) as pair(low, high, cycle) where not exists (${blockOf(event)}) order by pair.cycle, pair.low, pair.high`,
    )
    .onConflictDoNothing()
    .returning({ cycle: metPairs.cycle, low: metPairs.lowMember, high: metPairs.highMember })
    .prepare('record_pairs');
}

async function insertPairs(
  insert: ReturnType<typeof preparedInsert>,
  event: EventId,
  pairs: readonly NewPair[],
): Promise<ReadonlySet<MatchId>> {
  const rows = pairs.map(({ pair }) => orderedPair(pair));
  const written = await insert.execute({
    event,
    lows: makePgArray(rows.map(([low]) => low)),
    highs: makePgArray(rows.map(([, high]) => high)),
    cycles: makePgArray(pairs.map(({ cycle }) => cycle)),
  });
  const fresh = new Set(written.map(({ cycle, low, high }) => `${cycle} ${low} ${high}`));
  // Of the same pair twice in one batch the first one made it.
  const refused = pairs.filter(
    ({ cycle }, place) => !fresh.delete(`${cycle} ${rows[place]?.join(' ')}`),
  );
  return new Set(refused.map(({ matchId }) => matchId));
}

function blockOf(event: Placeholder): SQL {
  const { eventId, lowMember, highMember } = blockedPairs;
  return sql`select from ${blockedPairs} where ${eventId} = ${event} and ${lowMember} = pair.low and ${highMember} = pair.high`;
}
