import { asc, eq } from 'drizzle-orm';
import type { EventId, EventKey } from '../../shared/ids.ts';
import type { StoredAddress, StoredEvent } from '../ports/eventRepository.ts';
import type { Database } from './database.ts';
import { eventKeys, events } from './schema.ts';

type KeyRow = typeof eventKeys.$inferSelect;

export function eventRowOf(event: StoredEvent): Omit<typeof events.$inferInsert, 'createdAt'> {
  return {
    id: event.id,
    title: event.title,
    visibility: event.visibility,
    callSeconds: event.callSeconds,
    opensAt: event.opensAt,
    closesAt: event.closesAt,
    closed: event.closed,
    relayOnly: event.relayOnly,
    ownerSecretHash: event.ownerSecretHash,
    inviteTokenHash: event.inviteTokenHash,
  };
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
  return { ...row, id, addresses: keys.map(addressOf) };
}

function addressOf(row: KeyRow): StoredAddress {
  const { keyHash, bareKeyHash, url, parameters } = row;
  return { key: row.key as EventKey, keyHash, bareKeyHash, url, parameters };
}
