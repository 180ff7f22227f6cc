import { sql } from 'drizzle-orm';
import { makePgArray } from 'drizzle-orm/pg-core';
import type { EventId, MatchId } from '../../shared/ids.ts';
import type { NewPair } from '../ports/metPairRepository.ts';
import type { Database } from './database.ts';
import { orderedPair } from './orderedPair.ts';
import { blockedPairs, metPairs } from './schema.ts';

/** What one lobby wants written. */
export interface PairRequest {
  readonly eventId: EventId;
  readonly pairs: readonly NewPair[];
}

interface Row {
  readonly eventId: string;
  readonly cycle: number;
  readonly low: string;
  readonly high: string;
}

/** Writes what several lobbies want in one statement; for each of them the matches that were refused. */
export function insertPairs(database: Database) {
  const insert = preparedInsert(database);
  return async (requests: readonly PairRequest[]): Promise<readonly ReadonlySet<MatchId>[]> => {
    const rows = requests.flatMap(({ eventId, pairs }) =>
      pairs.map((pair) => rowOf(eventId, pair)),
    );
    const written = await insert.execute({
      events: makePgArray(rows.map(({ eventId }) => eventId)),
      lows: makePgArray(rows.map(({ low }) => low)),
      highs: makePgArray(rows.map(({ high }) => high)),
      cycles: makePgArray(rows.map(({ cycle }) => cycle)),
    });
    const fresh = new Set(written.map(nameOf));
    // Of the same pair twice in one batch the first one made it.
    const isRefused = (eventId: EventId, pair: NewPair) =>
      !fresh.delete(nameOf(rowOf(eventId, pair)));
    return requests.map(({ eventId, pairs }) => {
      const refused = pairs.filter((pair) => isRefused(eventId, pair));
      return new Set(refused.map(({ matchId }) => matchId));
    });
  };
}

/**
 * One statement with four parameters, however many pairs: a list of values has a limit of 65,535. Its
 * text is made once: it takes longer than anything else that a match costs here.
 * In order, so that two nodes with the same pairs never wait for each other. Another lobby of the
 * event may know of a block that this one has not read.
 */
function preparedInsert(database: Database) {
  const { placeholder } = sql;
  const { eventId, lowMember, highMember } = blockedPairs;
  const block = sql`select from ${blockedPairs} where ${eventId} = pair.event and ${lowMember} = pair.low and ${highMember} = pair.high`;
  return database
    .insert(metPairs)
    .select(
      sql`select pair.event, pair.low, pair.high, pair.cycle, now() from unnest(${placeholder('events')}::text[], ${placeholder('lows')}::text[], ${placeholder('highs')}::text[], ${placeholder('cycles')}::int[]) as pair(event, low, high, cycle) where not exists (${block}) order by pair.event, pair.cycle, pair.low, pair.high`,
    )
    .onConflictDoNothing()
    .returning({
      eventId: metPairs.eventId,
      cycle: metPairs.cycle,
      low: metPairs.lowMember,
      high: metPairs.highMember,
    })
    .prepare('record_pairs');
}

function rowOf(eventId: EventId, { pair, cycle }: NewPair): Row {
  const [low, high] = orderedPair(pair);
  return { eventId, cycle, low, high };
}

function nameOf({ eventId, cycle, low, high }: Row): string {
  return `${eventId} ${cycle} ${low} ${high}`;
}
