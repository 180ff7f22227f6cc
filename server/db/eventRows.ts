import { asc, eq } from 'drizzle-orm';
import type { EventId, EventKey } from '../../shared/ids.ts';
import type { StoredAddress, StoredEvent } from '../ports/eventRepository.ts';
import type { Database } from './database.ts';
import { eventKeys, events } from './schema.ts';

type EventRow = typeof events.$inferSelect;
type KeyRow = typeof eventKeys.$inferSelect;

export function eventRowOf(
  event: StoredEvent,
): Omit<typeof events.$inferInsert, 'createdAt' | 'closedAt'> {
  return {
    id: event.id,
    title: event.title,
    visibility: event.visibility,
    callSeconds: event.callSeconds,
    opensAt: event.opensAt,
    closesAt: event.closesAt,
    paused: event.paused,
    roundsFrom: event.rounds?.firstAt ?? null,
    roundMinutes: event.rounds?.everyMinutes ?? null,
    relayOnly: event.relayOnly,
    ...event.whoMeets,
    minimumSeconds: event.minimumSeconds,
    cycle: event.cycle,
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

/** With one query, so that it is never read in the middle of a change. */
export async function readEvent(database: Database, id: EventId): Promise<StoredEvent | null> {
  const rows = await database
    .select()
    .from(events)
    .leftJoin(eventKeys, eq(eventKeys.eventId, events.id))
    .where(eq(events.id, id))
    .orderBy(asc(eventKeys.position));
  const event = rows[0]?.events;
  if (!event) return null;
  const addresses = rows.flatMap((row) => (row.event_keys ? [addressOf(row.event_keys)] : []));
  const { groups, languages } = event;
  const whoMeets = { groups, languages };
  return {
    ...event,
    id,
    closed: event.closedAt !== null,
    rounds: roundsOf(event),
    whoMeets,
    addresses,
  };
}

function roundsOf({ roundsFrom, roundMinutes }: EventRow): StoredEvent['rounds'] {
  if (roundsFrom === null || roundMinutes === null) return null;
  return { firstAt: roundsFrom, everyMinutes: roundMinutes };
}

function addressOf(row: KeyRow): StoredAddress {
  const { keyHash, bareKeyHash, url, parameters } = row;
  return { key: row.key as EventKey, keyHash, bareKeyHash, url, parameters };
}
