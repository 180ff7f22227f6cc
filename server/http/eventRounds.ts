import type { EventRounds } from '../../shared/protocol/http.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import type { Refusal } from './httpError.ts';

/** Rounds from outside; who is in a call when a round begins would be left out of it. */
export function eventRounds(
  rounds: EventRounds | null,
  callSeconds: number,
): Result<StoredEvent['rounds'], Refusal> {
  if (rounds === null) return ok(null);
  const firstAt = new Date(rounds.firstAt);
  if (Number.isNaN(firstAt.getTime())) {
    return fail({
      reason: 'badRequest',
      message: 'The first round is at a time that does not exist.',
    });
  }
  const { everyMinutes } = rounds;
  if (everyMinutes * 60 < callSeconds + LIMITS.goodbyeMs / 1_000) {
    return fail({
      reason: 'badRequest',
      message: 'The rounds must be further apart than a conversation with its goodbye is long.',
    });
  }
  return ok({ firstAt, everyMinutes });
}
