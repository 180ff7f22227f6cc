import type { EventRounds } from '../../../shared/protocol/http.ts';
import { LIMITS } from '../../../shared/protocol/limits.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { EventDraft } from './eventDraft.ts';
import { timestampOf } from './localTime.ts';

/** `tooClose`: who is in a call when a round begins would be left out of it. */
export type RoundsProblem = 'incomplete' | 'outOfRange' | 'tooClose';

/** @param callSeconds length of a call; 0 where that is wrong itself */
export function checkRounds(
  { roundsFrom, roundMinutes }: Pick<EventDraft, 'roundsFrom' | 'roundMinutes'>,
  callSeconds: number,
): Result<EventRounds | null, RoundsProblem> {
  const [firstAt, minutes] = [timestampOf(roundsFrom), roundMinutes.trim()];
  if (firstAt === null && minutes === '') return ok(null);
  if (firstAt === null || minutes === '') return fail('incomplete');
  const everyMinutes = /^\d{1,3}$/.test(minutes) ? Number(minutes) : 0;
  if (everyMinutes < LIMITS.roundMinutesMin || everyMinutes > LIMITS.roundMinutesMax)
    return fail('outOfRange');
  const tooClose = everyMinutes * 60 < callSeconds + LIMITS.goodbyeMs / 1_000;
  return tooClose ? fail('tooClose') : ok({ firstAt, everyMinutes });
}
