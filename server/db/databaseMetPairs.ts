import { and, count, eq } from 'drizzle-orm';
import type { EventId, MemberId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import type { MetPairRepository } from '../ports/metPairRepository.ts';
import type { Database } from './database.ts';
import { insertPairs } from './insertPairs.ts';
import type { OpenDatabase } from './openDatabase.ts';
import type { OutageLog } from './outageLog.ts';
import { metPairs } from './schema.ts';
import { SharedWrites } from './sharedWrites.ts';
import { storing } from './storing.ts';

type PairDatabase = Pick<OpenDatabase, 'database' | 'connections'>;

export function databaseMetPairs(
  { database, connections }: PairDatabase,
  outage: OutageLog,
): MetPairRepository {
  const insert = insertPairs(database);
  const writes = new SharedWrites(
    (requests: Parameters<typeof insert>[0]) => storing(insert(requests)),
    connections,
  );
  return {
    async record(eventId, pairs) {
      try {
        const refused = await writes.write({ eventId, pairs });
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
