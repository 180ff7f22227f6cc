import type { OwnedEvent } from '../../shared/protocol/http.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import { shownAddresses } from './storedAddresses.ts';

/** An event as its owner sees it. */
export function ownedEvent(event: StoredEvent): OwnedEvent {
  return {
    eventId: event.id,
    title: event.title,
    visibility: event.visibility,
    addresses: shownAddresses(event.addresses),
    callSeconds: event.callSeconds,
    opensAt: event.opensAt?.toISOString() ?? null,
    closesAt: event.closesAt?.toISOString() ?? null,
    closed: event.closed,
    paused: event.paused,
    rounds: event.rounds && { ...event.rounds, firstAt: event.rounds.firstAt.toISOString() },
    relayOnly: event.relayOnly,
    whoMeets: event.whoMeets,
    minimumSeconds: event.minimumSeconds,
    cycle: event.cycle,
  };
}
