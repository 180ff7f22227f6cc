import { fail, ok, type Result } from '../../shared/result.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import type { Refusal } from './httpError.ts';

type Hours = Pick<StoredEvent, 'opensAt' | 'closesAt'>;

/** Points in time from outside; the schema's pattern lets some through that no calendar has. */
export function openingHours(opens: string | null, closes: string | null): Result<Hours, Refusal> {
  const opensAt = opens === null ? null : new Date(opens);
  const closesAt = closes === null ? null : new Date(closes);
  if ([opensAt, closesAt].some((date) => date !== null && Number.isNaN(date.getTime()))) {
    return fail({
      reason: 'badRequest',
      message: 'The opening hours name a time that does not exist.',
    });
  }
  if (opensAt !== null && closesAt !== null && opensAt >= closesAt) {
    return fail({ reason: 'badRequest', message: 'The event must open before it closes.' });
  }
  return ok({ opensAt, closesAt });
}
