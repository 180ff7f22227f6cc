import { count, eq, sql } from 'drizzle-orm';
import { makePgArray } from 'drizzle-orm/pg-core';
import type { Logger } from 'pino';
import type { EventId, MatchId, MemberId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import type { MetPairRepository, NewPair } from '../ports/metPairRepository.ts';
import type { Database } from './database.ts';
import { metPairs } from './schema.ts';
import { storing } from './storing.ts';

type Row = readonly [low: MemberId, high: MemberId];

export function databaseMetPairs(database: Database, log: Logger): MetPairRepository {
  return {
    async record(eventId, pairs) {
      try {
        return ok(await storing(insertPairs(database, eventId, pairs)));
      } catch (error) {
        log.error({ err: error, pairs: pairs.length }, 'storing pairs failed');
        return fail('storageFailed');
      }
    },
    load: (eventId) => storing(loadPairs(database, eventId)),
    count: (eventId) => storing(countPairs(database, eventId)),
  };
}

async function loadPairs(database: Database, eventId: EventId): Promise<Row[]> {
  const rows = await database.select().from(metPairs).where(eq(metPairs.eventId, eventId));
  return rows.map((row) => [row.lowMember as MemberId, row.highMember as MemberId] as const);
}

async function countPairs(database: Database, eventId: EventId): Promise<number> {
  const [row] = await database
    .select({ pairs: count() })
    .from(metPairs)
    .where(eq(metPairs.eventId, eventId));
  return row?.pairs ?? 0;
}

/**
 * One statement with three parameters, however many pairs: a list of values has a limit of 65,535.
 * In order, so that two nodes with the same pairs never wait for each other.
 */
async function insertPairs(
  database: Database,
  eventId: EventId,
  pairs: readonly NewPair[],
): Promise<ReadonlySet<MatchId>> {
  const rows = pairs.map(({ pair }) => rowOf(pair));
  const lows = makePgArray(rows.map(([low]) => low));
  const highs = makePgArray(rows.map(([, high]) => high));
  const written = await database
    .insert(metPairs)
    .select(
      sql`select ${eventId}::text, pair.low, pair.high, now() from unnest(${lows}::text[], ${highs}::text[]) as pair(low, high) order by pair.low, pair.high`,
    )
    .onConflictDoNothing()
    .returning({ low: metPairs.lowMember, high: metPairs.highMember });
  const fresh = new Set(written.map(({ low, high }) => `${low} ${high}`));
  // Of the same pair twice in one batch the first one made it.
  const refused = pairs.filter((_, place) => !fresh.delete(rows[place]?.join(' ') ?? ''));
  return new Set(refused.map(({ matchId }) => matchId));
}

function rowOf([one, other]: NewPair['pair']): Row {
  return one < other ? [one, other] : [other, one];
}
