import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import type { Refusal } from './httpError.ts';

/**
 * The cycle that the owner wants, where that is this one or the next. Asked twice for the same one,
 * an event goes one step, so that two tabs and a repeated request cannot go two.
 */
export function nextCycle(
  { cycle }: Pick<StoredEvent, 'cycle'>,
  wanted: number | undefined,
): Result<number, Refusal> {
  if (wanted === undefined) return ok(cycle);
  if (wanted === cycle || wanted === cycle + 1) return ok(wanted);
  return fail({
    reason: 'changedMeanwhile',
    message: `People meet for round ${cycle} now. Look at the event again before you begin another round.`,
  });
}
