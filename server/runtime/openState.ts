import type { StoredEvent } from '../ports/eventRepository.ts';

type Hours = Pick<StoredEvent, 'opensAt' | 'closesAt' | 'closed'>;
export type OpenState = 'open' | 'soon' | 'closed';

/** Whether people may come in at `date`; the owner's word counts more than the hours. */
export function openState({ opensAt, closesAt, closed }: Hours, date: Date): OpenState {
  if (closed || (closesAt !== null && closesAt <= date)) return 'closed';
  return opensAt !== null && opensAt > date ? 'soon' : 'open';
}

/** When the hours next change the state, or null. */
export function nextChange({ opensAt, closesAt }: Hours, date: Date): Date | null {
  const coming = [opensAt, closesAt].filter((at) => at !== null).filter((at) => at > date);
  return coming.toSorted((one, other) => one.getTime() - other.getTime())[0] ?? null;
}
