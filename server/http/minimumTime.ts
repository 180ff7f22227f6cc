import { LIMITS } from '../../shared/protocol/limits.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Refusal } from './httpError.ts';

/** The minimum time of calls, where it is short beside them. */
export function minimumTime(minimumSeconds: number, callSeconds: number): Result<number, Refusal> {
  const most = Math.floor(callSeconds * LIMITS.minimumShareMax);
  if (minimumSeconds <= most) return ok(minimumSeconds);
  return fail({
    reason: 'badRequest',
    message: `minimumSeconds: a call of ${callSeconds} s can have a minimum time of at most ${most} s. Choose less, or a longer call.`,
  });
}
