import { LIMITS } from '../../../shared/protocol/limits.ts';
import type { Millis } from '../../../shared/ids.ts';

const [SOON, NOW] = LIMITS.cueMs;

/** Which cue of the countdown holds. A call that is no longer than a cue begins without it. */
export function cueAt(remaining: Millis, total: Millis): 'calm' | 'soon' | 'now' {
  if (remaining <= NOW && total > NOW) return 'now';
  return remaining <= SOON && total > SOON ? 'soon' : 'calm';
}
