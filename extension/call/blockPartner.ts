import type { Match } from '../../shared/protocol/lobby.ts';
import { afterCallSeat, update, type Inside } from './insideStep.ts';
import type { SessionEffect } from './sessionEffect.ts';
import { isInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

/** One press ends the call as leaving does, and keeps the two apart from then on. */
export function blockPartner(state: Inside, moment: Moment): Step {
  const { seat } = state;
  if (isInCall(seat)) {
    const left = afterCallSeat(seat, 'youLeft', moment.now);
    return update(state, { seat: { ...left.seat, blocked: true }, notice: null }, [
      block(seat.match),
      { type: 'tellPeer', message: { type: 'bye' } },
      ...left.effects,
    ]);
  }
  if (seat.at !== 'afterCall' || seat.blocked === true) return update(state, {});
  return update(state, { seat: { ...seat, blocked: true } }, [block(seat)]);
}

function block({ matchId, partnerSeal }: Pick<Match, 'matchId' | 'partnerSeal'>): SessionEffect {
  return { type: 'block', matchId, partnerSeal };
}
