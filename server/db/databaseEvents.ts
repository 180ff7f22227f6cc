import { and, desc, eq, gte, inArray, lt, lte, ne, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { EventId, EventKey } from '../../shared/ids.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type {
  EventRepository,
  KeyTaken,
  ListedKey,
  LookupRows,
  StoredEvent,
} from '../ports/eventRepository.ts';
import { StorageError } from '../ports/storageError.ts';
import { advisoryLock } from './advisoryLock.ts';
import type { Database } from './database.ts';
import { eventRowOf, keyRowsOf, readEvent } from './eventRows.ts';
import { eventKeys, events } from './schema.ts';
import { storing } from './storing.ts';

const UNIQUE_VIOLATION = '23505';

/** After every hexadecimal digit, in any collation. */
const AFTER_HEX = 'g';

export function databaseEvents(database: Database): EventRepository {
  return {
    create: (event, now) =>
      claiming(database, event, now, async (transaction) => {
        const closedAt = event.closed ? now : null;
        const row = { ...eventRowOf(event), closedAt, createdAt: now };
        await transaction.insert(events).values(row);
        await transaction.insert(eventKeys).values(keyRowsOf(event));
      }),
    replace: (event, now) =>
      claiming(database, event, now, async (transaction) => {
        // Who changes something else may have read the event before a new cycle began.
        const cycle = sql`greatest(${events.cycle}, ${event.cycle})`;
        const changes = { ...eventRowOf(event), cycle, closedAt: closedSince(event, now) };
        await transaction.update(events).set(changes).where(eq(events.id, event.id));
        await transaction.delete(eventKeys).where(eq(eventKeys.eventId, event.id));
        await transaction.insert(eventKeys).values(keyRowsOf(event));
      }),
    find: (id) => storing(readEvent(database, id)),
    lookup: (prefix) => storing(lookup(database, prefix)),
  };
}

/** A change of something else leaves the moment of closing as it is. */
function closedSince(event: StoredEvent, now: Date): SQL | null {
  if (!event.closed) return null;
  return sql`coalesce(${events.closedAt}, ${sql.param(now, events.closedAt)})`;
}

/**
 * One at a time on all nodes, because two events that exchange addresses would wait for each other.
 * The unique index on claimed keys decides all the same.
 */
async function claiming(
  database: Database,
  event: StoredEvent,
  now: Date,
  write: (transaction: Database) => Promise<void>,
): Promise<Result<null, KeyTaken>> {
  const work = database.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(${advisoryLock('addresses')})`);
    await releaseEnded(transaction, event, now);
    await write(transaction);
  });
  try {
    await storing(work);
    return ok(null);
  } catch (error) {
    const taken = isUniqueViolation(error) ? await storing(takenKey(database, event)) : null;
    if (taken === null) throw error;
    return fail({ taken });
  }
}

/** An event whose hours are over no longer holds its keys. */
async function releaseEnded(transaction: Database, event: StoredEvent, now: Date): Promise<void> {
  const ended = transaction.select({ id: events.id }).from(events).where(lte(events.closesAt, now));
  await transaction
    .update(eventKeys)
    .set({ claimed: false })
    .where(and(inArray(eventKeys.keyHash, hashesOf(event)), inArray(eventKeys.eventId, ended)));
}

async function takenKey(database: Database, event: StoredEvent): Promise<EventKey | null> {
  const [row] = await database
    .select({ key: eventKeys.key })
    .from(eventKeys)
    .where(
      and(
        inArray(eventKeys.keyHash, hashesOf(event)),
        eq(eventKeys.claimed, true),
        ne(eventKeys.eventId, event.id),
      ),
    );
  return row ? (row.key as EventKey) : null;
}

function hashesOf(event: StoredEvent): string[] {
  return event.addresses.map(({ keyHash }) => keyHash);
}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof StorageError && error.code === UNIQUE_VIOLATION;
}

function under(column: PgColumn, prefix: string) {
  return and(gte(column, prefix), lt(column, `${prefix}${AFTER_HEX}`));
}

async function lookup(database: Database, prefix: string): Promise<LookupRows> {
  const found = await database
    .select({
      keyHash: eventKeys.keyHash,
      id: events.id,
      title: events.title,
      opensAt: events.opensAt,
      closesAt: events.closesAt,
      whoMeets: { groups: events.groups, languages: events.languages },
      closed: sql<boolean>`${events.closedAt} is not null`,
    })
    .from(eventKeys)
    .innerJoin(events, eq(events.id, eventKeys.eventId))
    .where(and(eq(eventKeys.listed, true), under(eventKeys.keyHash, prefix)))
    .orderBy(desc(eventKeys.claimed), desc(events.createdAt));
  const parameters = await database
    .selectDistinct({ keyHash: eventKeys.bareKeyHash, names: eventKeys.parameters })
    .from(eventKeys)
    .where(
      and(
        eq(eventKeys.listed, true),
        under(eventKeys.bareKeyHash, prefix),
        sql`cardinality(${eventKeys.parameters}) > 0`,
      ),
    );
  return { listed: firstOfEachKey(found), parameters };
}

/** The event that holds a key hides the closed ones before it. */
function firstOfEachKey(
  rows: readonly (Omit<ListedKey['event'], 'id'> & { id: string; keyHash: string })[],
): ListedKey[] {
  const byKey = new Map<string, ListedKey>();
  for (const { keyHash, id, ...event } of rows) {
    if (!byKey.has(keyHash))
      byKey.set(keyHash, { keyHash, event: { ...event, id: id as EventId } });
  }
  return [...byKey.values()];
}
