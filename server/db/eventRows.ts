import { asc, eq } from 'drizzle-orm';
import type { EventId, EventKey } from '../../shared/ids.ts';
import type { StoredAddress, StoredEvent } from '../ports/eventRepository.ts';
import type { Database } from './database.ts';
import { eventKeys, events } from './schema.ts';

type KeyRow = typeof eventKeys.$inferSelect;

export function eventRowOf({
  addresses: _,
  ...event
}: StoredEvent): Omit<typeof events.$inferInsert, 'createdAt'> {
  return event;
}

export function keyRowsOf(event: StoredEvent): KeyRow[] {
  const listed = event.visibility === 'listed';
  return event.addresses.map((address, position) => ({
    ...address,
    parameters: [...address.parameters],
    eventId: event.id,
    position,
    listed,
    claimed: listed && !event.closed,
  }));
}

export async function readEvent(database: Database, id: EventId): Promise<StoredEvent | null> {
  const [row] = await database.select().from(events).where(eq(events.id, id));
  if (!row) return null;
  const keys = await database
    .select()
    .from(eventKeys)
    .where(eq(eventKeys.eventId, id))
    .orderBy(asc(eventKeys.position));
  const { createdAt: _, ...event } = row;
  return { ...event, id, addresses: keys.map(addressOf) };
}

function addressOf(row: KeyRow): StoredAddress {
  const { keyHash, bareKeyHash, url, parameters } = row;
  return { key: row.key as EventKey, keyHash, bareKeyHash, url, parameters };
}
