import { assertNever } from '../../shared/assertNever.ts';
import { afterCallSeat, update, type Inside } from './insideStep.ts';
import { repairStep, type RepairAction } from './repair.ts';
import type { SessionEffect } from './sessionEffect.ts';
import type { CallHealth, SeatInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

/**
 * Something about the connection is known anew, or it is time to try again. A call that still
 * connects is not repaired: its own clock ends it.
 */
export function stepRepair(
  state: Inside,
  seat: SeatInCall,
  news: Partial<CallHealth>,
  moment: Moment,
): Step {
  const known = { ...seat.health, ...news };
  if (seat.at === 'connecting') return update(state, { seat: { ...seat, health: known } });
  const input = {
    verdict: known.verdict,
    canSignal: state.link.up,
    partnerLinkUp: known.partnerUp,
  };
  const { state: repair, actions, nextAt } = repairStep(known.repair, input, moment.now);
  if (actions.includes('giveUp')) return giveUp(state, seat, moment);
  const health = { ...known, repair };
  return update(state, { seat: { ...seat, health } }, [
    ...actions.flatMap(effectsOf),
    nextAt === null
      ? { type: 'disarm', timer: 'repair' }
      : { type: 'arm', timer: 'repair', inMs: Math.max(0, nextAt - moment.now) },
  ]);
}

function effectsOf(action: RepairAction): SessionEffect[] {
  switch (action) {
    case 'restartIce':
      return [{ type: 'proveLink' }, { type: 'restartIce' }];
    case 'askKeyframe':
      return [{ type: 'tellPeer', message: { type: 'keyframeWanted' } }];
    case 'giveUp':
      return [];
    default:
      return assertNever(action);
  }
}

/** The server puts both at the head of the line. */
export function giveUp(state: Inside, seat: SeatInCall, moment: Moment): Step {
  const { matchId } = seat.match;
  const reason = seat.at === 'connecting' ? 'connectFailed' : 'connectionLost';
  const after = afterCallSeat(seat, seat.at === 'goodbye' ? 'timeUp' : reason, moment.now);
  return update(state, { seat: after.seat }, [
    { type: 'send', message: { type: 'endCall', matchId, reason: 'failed' } },
    ...after.effects,
  ]);
}
