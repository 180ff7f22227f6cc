import { afterCallSeat, update, type Inside } from './insideStep.ts';
import { isInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

/** One press ends the call as leaving does, and keeps the two apart from then on. */
export function blockPartner(state: Inside, moment: Moment): Step {
  const { seat } = state;
  if (isInCall(seat)) {
    const left = afterCallSeat(seat, 'youLeft', moment.now);
    return update(state, { seat: { ...left.seat, blocked: true }, notice: null }, [
      { type: 'send', message: { type: 'block', matchId: seat.match.matchId } },
      { type: 'tellPeer', message: { type: 'bye' } },
      ...left.effects,
    ]);
  }
  if (seat.at !== 'afterCall' || seat.blocked === true) return update(state, {});
  return update(state, { seat: { ...seat, blocked: true } }, [
    { type: 'send', message: { type: 'block', matchId: seat.matchId } },
  ]);
}
