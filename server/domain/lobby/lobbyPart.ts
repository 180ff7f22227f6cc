import type { EventId } from '../../../shared/ids.ts';

/** One lobby of an event. Large events have several, numbered from 1; nobody meets across them. */
export interface LobbyPart {
  readonly eventId: EventId;
  readonly part: number;
}

/** Between an event's id, which is letters and digits, and the number of a further part. */
const MARK = '_';

/** Its name in ids and keys: the first part has the event's own, as if it were the only one. */
export function nameOfPart({ eventId, part }: LobbyPart): string {
  return part === 1 ? eventId : `${eventId}${MARK}${part}`;
}

/** The part of that name; nobody says that there is one. */
export function partOfName(name: string): LobbyPart {
  const [eventId = '', part] = name.split(MARK, 2);
  return { eventId: eventId as EventId, part: part === undefined ? 1 : Number(part) };
}
