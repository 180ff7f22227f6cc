import { eq, sql } from 'drizzle-orm';
import { makePgArray } from 'drizzle-orm/pg-core';
import type { Logger } from 'pino';
import type { EventId, MemberId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import type { BlockedPair, BlockRepository } from '../ports/blockRepository.ts';
import type { Database } from './database.ts';
import { orderedPair } from './orderedPair.ts';
import { blockedPairs } from './schema.ts';
import { storing } from './storing.ts';

export function databaseBlocks(database: Database, log: Logger): BlockRepository {
  return {
    async record(eventId, pairs) {
      try {
        await storing(insertBlocks(database, eventId, pairs));
        return ok(null);
      } catch (error) {
        log.error({ err: error, pairs: pairs.length }, 'storing blocks failed');
        return fail('storageFailed');
      }
    },
    load: (eventId) => storing(loadBlocks(database, eventId)),
  };
}

async function loadBlocks(database: Database, eventId: EventId): Promise<BlockedPair[]> {
  const rows = await database.select().from(blockedPairs).where(eq(blockedPairs.eventId, eventId));
  return rows.map((row) => [row.lowMember as MemberId, row.highMember as MemberId] as const);
}

/** In order, so that two nodes with the same pairs never wait for each other. */
async function insertBlocks(
  database: Database,
  eventId: EventId,
  pairs: readonly BlockedPair[],
): Promise<void> {
  const rows = pairs.map(orderedPair);
  const lows = makePgArray(rows.map(([low]) => low));
  const highs = makePgArray(rows.map(([, high]) => high));
  await database
    .insert(blockedPairs)
    .select(
      sql`select ${eventId}::text, pair.low, pair.high from unnest(${lows}::text[], ${highs}::text[]) as pair(low, high) order by pair.low, pair.high`,
    )
    .onConflictDoNothing();
}
