import type { Millis } from '../../../shared/ids.ts';
import type { CallStage } from './call.ts';

/** The live stage that begins at `now`; a cue that is not inside it is left out. */
export function liveStage(lengthMs: Millis, cueMs: readonly Millis[], now: Millis): CallStage {
  const until = now + lengthMs;
  const cues = cueMs.filter((cue) => cue < lengthMs).map((cue) => until - cue);
  return { phase: 'live', until, cues: cues.toSorted((one, other) => one - other) };
}
