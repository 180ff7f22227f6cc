import type { ConsoleAnswer } from '../../shared/protocol/http.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import type { HttpParts } from './httpParts.ts';
import { ownedEvent } from './ownedEvent.ts';

/** Counts by state only from so many people on that nobody can be told apart. */
export async function consoleAnswer(
  event: StoredEvent,
  { lobbies, metPairs }: Pick<HttpParts, 'lobbies' | 'metPairs'>,
): Promise<ConsoleAnswer> {
  const counted = await lobbies.counts([event.id]);
  const { here, waiting, inCall } = counted(event.id);
  const met = await metPairs.count(event.id, event.cycle);
  const enough = here >= LIMITS.organizerMinimumGroup;
  const counts = enough
    ? { here, waiting, inCall, met }
    : { here, waiting: null, inCall: null, met: null };
  return { event: ownedEvent(event), counts };
}
