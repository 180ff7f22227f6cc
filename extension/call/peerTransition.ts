import { assertNever } from '../../shared/assertNever.ts';
import type { MediaPath } from '../../shared/protocol/fields.ts';
import type { PeerMessage } from '../../shared/protocol/peer.ts';
import { announceMedia } from './announceMedia.ts';
import { afterCallSeat, update, type Inside } from './insideStep.ts';
import { withLine } from './chat.ts';
import { laterMedia } from './laterMedia.ts';
import type { SessionEvent } from './sessionEvent.ts';
import { giveUp, stepRepair } from './repairTransition.ts';
import { isInCall, type SeatInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';
import type { Verdict } from './verdict.ts';

type PeerEvent = Extract<
  SessionEvent,
  { type: 'mediaArrived' | 'peerFailed' | 'peerSaid' | 'peerSignals' | 'judged' }
>;

/** What the call itself reports; of another match than the present one it is late, and ignored. */
export function afterPeerEvent(state: Inside, event: PeerEvent, moment: Moment): Step {
  const { seat } = state;
  if (!isInCall(seat) || seat.match.matchId !== event.matchId) return update(state, {});
  const { matchId } = event;
  switch (event.type) {
    case 'mediaArrived':
      return update(state, seat.at === 'connecting' ? { seat: { ...seat, flowing: true } } : {}, [
        { type: 'send', message: { type: 'mediaFlowing', matchId, ...pathSaid(event.path) } },
      ]);
    case 'peerFailed':
      return giveUp(state, seat, moment);
    case 'peerSignals':
      return update(state, {}, [
        { type: 'send', message: { type: 'signal', matchId, signal: event.signal } },
      ]);
    case 'judged':
      return afterJudgement(state, seat, event.verdict, moment);
    case 'peerSaid':
      return afterPeerMessage(state, seat, event.message, moment);
    default:
      return assertNever(event);
  }
}

/** That nothing arrives, and that it does again, is news for the partner too. */
function afterJudgement(state: Inside, seat: SeatInCall, verdict: Verdict, moment: Moment): Step {
  const step = stepRepair(state, seat, { verdict }, moment);
  const { verdict: before } = seat.health;
  if ((before.kind === 'networkStall') === (verdict.kind === 'networkStall')) return step;
  const health = { ...seat.health, verdict };
  const said = announceMedia({ ...seat, health }, moment.ownMedia);
  return { state: step.state, effects: [said, ...step.effects] };
}

function pathSaid(path: MediaPath | null): { readonly path?: MediaPath } {
  return path === null ? {} : { path };
}

function afterPeerMessage(
  state: Inside,
  seat: SeatInCall,
  message: PeerMessage,
  moment: Moment,
): Step {
  switch (message.type) {
    case 'mediaState': {
      const partnerMedia = laterMedia(seat.partnerMedia, message.state);
      return update(state, { seat: { ...seat, partnerMedia } });
    }
    case 'chat': {
      const chat = withLine(seat.chat, { from: 'partner', text: message.text });
      return update(state, { seat: { ...seat, chat } });
    }
    case 'pictureHeld':
      return stepRepair(state, seat, { pictureHeld: message.held }, moment);
    case 'keyframeWanted':
      return update(state, {}, [{ type: 'sendKeyframe' }]);
    case 'bye':
      return afterBye(state, moment);
    default:
      return assertNever(message);
  }
}

/** The lobby says the same, and puts one back at the queue's head; while it is away this counts. */
function afterBye(state: Inside, moment: Moment): Step {
  if (!isInCall(state.seat)) return update(state, {});
  const reason = state.seat.at === 'goodbye' ? 'timeUp' : 'partnerLeft';
  const after = afterCallSeat(state.seat, reason, moment.now);
  return update(state, { seat: after.seat }, after.effects);
}
