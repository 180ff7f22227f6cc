import type { Millis } from '../../shared/ids.ts';
import type { EndReason } from '../../shared/protocol/lobby.ts';
import { NEXT_MATCH_MS, stopClocks } from './clocks.ts';
import type { SessionEffect } from './sessionEffect.ts';
import type { Seat, SeatInCall, SessionState } from './sessionState.ts';
import type { Step } from './transition.ts';

type SeatAfterCall = Extract<Seat, { at: 'afterCall' }>;
export type Inside = Extract<SessionState, { phase: 'inside' }>;

/** The same stay in the lobby, changed in a few places. */
export function update(
  state: Inside,
  change: Partial<Omit<Inside, 'phase'>>,
  effects: readonly SessionEffect[] = [],
): Step {
  const unchanged = Object.keys(change).length === 0;
  return { state: unchanged ? state : { ...state, ...change }, effects };
}

/** The stay is over: nothing keeps running. */
export function leaveSeat(state: SessionState): Step {
  return {
    state,
    effects: [
      ...stopClocks(),
      { type: 'disarm', timer: 'nextMatch' },
      { type: 'closePeer' },
      { type: 'closeLink' },
    ],
  };
}

/** The pause after a conversation, with the next one already on its way. */
export function afterCallSeat(
  seat: SeatInCall,
  reason: EndReason,
  now: Millis,
): { readonly seat: SeatAfterCall; readonly effects: readonly SessionEffect[] } {
  return {
    seat: {
      at: 'afterCall',
      matchId: seat.match.matchId,
      partnerName: seat.match.partnerName,
      partnerSeal: seat.match.partnerSeal,
      reason,
      nextAt: now + NEXT_MATCH_MS,
    },
    effects: [
      ...stopClocks(),
      { type: 'closePeer' },
      { type: 'arm', timer: 'nextMatch', inMs: NEXT_MATCH_MS },
    ],
  };
}
