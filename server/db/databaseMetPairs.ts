import { count, eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { EventId, MatchId, MemberId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import type { MetPairRepository, NewPair } from '../ports/metPairRepository.ts';
import type { Database } from './database.ts';
import { metPairs } from './schema.ts';

export function databaseMetPairs(database: Database, log: Logger): MetPairRepository {
  return {
    async record(eventId, pairs) {
      try {
        return ok(await insertPairs(database, eventId, pairs));
      } catch (error) {
        log.error({ err: error }, 'storing pairs failed');
        return fail('storageFailed');
      }
    },
    async load(eventId) {
      const rows = await database.select().from(metPairs).where(eq(metPairs.eventId, eventId));
      return rows.map((row) => [row.lowMember as MemberId, row.highMember as MemberId] as const);
    },
    async count(eventId) {
      const [row] = await database
        .select({ pairs: count() })
        .from(metPairs)
        .where(eq(metPairs.eventId, eventId));
      return row?.pairs ?? 0;
    },
  };
}

async function insertPairs(
  database: Database,
  eventId: EventId,
  pairs: readonly NewPair[],
): Promise<ReadonlySet<MatchId>> {
  const rows = pairs.map(({ pair }) => rowOf(eventId, pair));
  const written = await database
    .insert(metPairs)
    .values(rows)
    .onConflictDoNothing()
    .returning({ low: metPairs.lowMember, high: metPairs.highMember });
  const fresh = new Set(written.map(({ low, high }) => `${low} ${high}`));
  const refused = pairs.filter((_, place) => {
    const row = rows[place];
    return !row || !fresh.has(`${row.lowMember} ${row.highMember}`);
  });
  return new Set(refused.map(({ matchId }) => matchId));
}

function rowOf(eventId: EventId, [one, other]: NewPair['pair']) {
  const [lowMember, highMember] = one < other ? [one, other] : [other, one];
  return { eventId, lowMember, highMember };
}
