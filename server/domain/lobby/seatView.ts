import type { Millis } from '../../../shared/ids.ts';
import type { SeatView, ServerMessage } from '../../../shared/protocol/lobby.ts';
import { callSeatView } from './call.ts';
import type { CallFloor } from './callFloor.ts';
import type { EarlyLeavers } from './earlyLeavers.ts';
import type { Member } from './member.ts';

/** Where a member stands, complete. */
export function seatView(
  member: Member,
  { floor, leavers }: { readonly floor: CallFloor; readonly leavers: EarlyLeavers },
  now: Millis,
): SeatView {
  const { seat } = member;
  if (seat.phase === 'waiting')
    return { phase: 'waiting', broker: seat.broker, ...leavers.notice(member.id, now) };
  if (seat.phase === 'idle') return { phase: 'idle' };
  return callSeatView(seat.call, member.id, floor.partnerUp(seat.call, member), now);
}

/** The same for somebody who has a welcome and may believe something else; null: what is true is heard soon. */
export function seatReminder({ seat }: Member): ServerMessage | null {
  if (seat.phase === 'idle') return { type: 'idle' };
  return seat.phase === 'waiting' ? { type: 'waiting', broker: seat.broker } : null;
}
