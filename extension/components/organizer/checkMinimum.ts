import { LIMITS } from '../../../shared/protocol/limits.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** The longest minimum time, in s, that a call of this length can have. */
export function mostMinimum(callSeconds: number): number {
  const share = Math.floor(callSeconds * LIMITS.minimumShareMax);
  return Math.min(LIMITS.minimumSecondsMax, share);
}

/**
 * The seconds that somebody typed; empty for none.
 *
 * @param callSeconds length of a call; null where that is wrong itself
 */
export function checkMinimum(
  text: string,
  callSeconds: number | null,
): Result<number, 'outOfRange'> {
  const typed = text.trim();
  const seconds = /^\d{0,3}$/.test(typed) ? Number(typed) : Infinity;
  const most = mostMinimum(callSeconds ?? LIMITS.callSecondsMax);
  return seconds <= most ? ok(seconds) : fail('outOfRange');
}
