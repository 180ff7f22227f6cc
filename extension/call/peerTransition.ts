import { assertNever } from '../../shared/assertNever.ts';
import { afterCallSeat, update, type Inside } from './insideStep.ts';
import { laterMedia } from './laterMedia.ts';
import type { SessionEvent } from './sessionEvent.ts';
import { isInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

type PeerEvent = Extract<SessionEvent, { type: 'mediaArrived' | 'peerFailed' | 'peerSaid' }>;

/** What the call itself reports; of another match than the present one it is late, and ignored. */
export function afterPeerEvent(state: Inside, event: PeerEvent, moment: Moment): Step {
  const { seat } = state;
  if (!isInCall(seat) || seat.match.matchId !== event.matchId) return update(state, {});
  const { matchId } = event;
  switch (event.type) {
    case 'mediaArrived':
      return update(state, seat.at === 'connecting' ? { seat: { ...seat, flowing: true } } : {}, [
        { type: 'send', message: { type: 'mediaFlowing', matchId } },
      ]);
    case 'peerFailed': {
      const after = afterCallSeat(seat, 'connectFailed', moment.now);
      return update(state, { seat: after.seat }, [
        { type: 'send', message: { type: 'endCall', matchId, reason: 'failed' } },
        ...after.effects,
      ]);
    }
    case 'peerSaid':
      return event.message.type === 'bye'
        ? afterBye(state, moment)
        : update(state, {
            seat: { ...seat, partnerMedia: laterMedia(seat.partnerMedia, event.message.state) },
          });
    default:
      return assertNever(event);
  }
}

/** The lobby says the same, and puts one back at the queue's head; while it is away this counts. */
function afterBye(state: Inside, moment: Moment): Step {
  if (!isInCall(state.seat)) return update(state, {});
  const reason = state.seat.at === 'goodbye' ? 'timeUp' : 'partnerLeft';
  const after = afterCallSeat(state.seat, reason, moment.now);
  return update(state, { seat: after.seat }, after.effects);
}
