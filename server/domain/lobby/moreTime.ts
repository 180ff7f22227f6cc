import type { MemberId, Millis } from '../../../shared/ids.ts';
import type { MoreTime } from '../../../shared/protocol/lobby.ts';
import { liveStage } from './liveStage.ts';
import type { Call } from './call.ts';

/** Notes the wish; whether both sides have it now. Before the time runs there is nothing to add to. */
export function askForMore({ sides, stage, moreTimes }: Call, member: MemberId): boolean {
  if (stage.phase === 'connecting' || moreTimes === 0) return false;
  for (const side of sides) side.wantsMore ||= side.member === member;
  return sides.every(({ wantsMore }) => wantsMore);
}

/** The call runs on, out of the goodbye too; the remaining time, which is never less than before. */
export function addTime(call: Call, cueMs: readonly Millis[], now: Millis): Millis {
  const { stage, moreMs } = call;
  const remainingMs = moreMs + (stage.phase === 'live' ? Math.max(0, stage.until - now) : 0);
  call.stage = liveStage(remainingMs, cueMs, now);
  call.moreTimes -= 1;
  for (const side of call.sides) side.wantsMore = false;
  return remainingMs;
}

/** How `member` stands with it. */
export function moreTimeFor({ sides, moreTimes }: Call, member: MemberId): MoreTime {
  if (moreTimes === 0) return 'added';
  return sides.some((side) => side.member === member && side.wantsMore) ? 'asked' : 'open';
}
