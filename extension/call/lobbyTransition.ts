import { assertNever } from '../../shared/assertNever.ts';
import type { EndReason, Match, Presence } from '../../shared/protocol/lobby.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { callClock, stopClocks } from './clocks.ts';
import { afterCallSeat, update, type Inside } from './insideStep.ts';
import { laterMedia } from './laterMedia.ts';
import { notBefore } from './notBefore.ts';
import { enterMatch } from './seatFromWelcome.ts';
import { pairingView } from './pairingView.ts';
import type { LobbyMessage } from './ports.ts';
import { stepRepair } from './repairTransition.ts';
import { isInCall, type Notice, type SeatInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

type PartnerNotice = Extract<Notice, { partnerName: string }>['kind'];
type MessageOf<Type extends LobbyMessage['type']> = Extract<LobbyMessage, { type: Type }>;

/** What the lobby says. Messages about another match than the present one are late, and ignored. */
export function afterLobbyMessage(state: Inside, message: LobbyMessage, moment: Moment): Step {
  switch (message.type) {
    case 'presence':
      return afterPresence(state, message.presence);
    case 'relay':
      return update(state, { relayAvailable: message.available });
    case 'pairing':
      return update(state, { pairing: pairingView(message.pairing, moment.now) });
    case 'matched':
      return afterMatched(state, message.match, moment);
    case 'waiting':
      return afterWaiting(state, message, moment);
    case 'expectedWait':
      return afterExpectedWait(state, message, moment);
    case 'newCycle':
      return afterNewCycle(state);
    case 'areYouThere':
      return state.seat.at === 'waiting'
        ? update(state, { seat: { ...state.seat, answerBy: moment.now + message.answerInMs } }, [
            { type: 'chime', sound: 'question' },
          ])
        : update(state, {});
    case 'idle':
      return afterIdle(state, message);
    case 'ended':
      return afterEnded(state, message, moment);
    case 'live':
    case 'goodbye':
    case 'partnerMedia':
    case 'partnerLink':
    case 'signal':
    case 'iceServers':
      return isInCall(state.seat) && state.seat.match.matchId === message.matchId
        ? duringCall(state, state.seat, message, moment)
        : update(state, {});
    default:
      return assertNever(message);
  }
}

function afterWaiting(state: Inside, message: MessageOf<'waiting'>, { now }: Moment): Step {
  if (state.seat.at !== 'waiting') return update(state, {});
  const seat = { ...state.seat, ...notBefore(message, now) };
  return update(state, { seat }, [{ type: 'preparePeer', broker: message.broker }]);
}

function afterExpectedWait(
  state: Inside,
  message: MessageOf<'expectedWait'>,
  moment: Moment,
): Step {
  if (state.seat.at !== 'waiting') return update(state, {});
  const { waitMs, metEverybody = false } = message;
  const expectedAt = waitMs === null ? null : moment.now + waitMs;
  return update(state, { seat: { ...state.seat, expectedAt, metEverybody } });
}

function afterNewCycle(state: Inside): Step {
  const notice = { kind: 'newCycle' } as const;
  const { seat } = state;
  if (isInCall(seat)) return update(state, { notice });
  const unknown = { metEverybody: false, expectedAt: null };
  const change = seat.at === 'waiting' ? { seat: { ...seat, ...unknown } } : {};
  return update(state, { notice, ...change }, [{ type: 'chime', sound: 'company' }]);
}

function afterIdle(state: Inside, { reason }: MessageOf<'idle'>): Step {
  if (state.seat.at !== 'waiting') return update(state, {});
  const notice = reason === undefined ? state.notice : ({ kind: reason } as const);
  return update(state, { seat: { at: 'idle' }, notice }, [{ type: 'closePeer' }]);
}

function afterPresence(state: Inside, presence: Presence): Step {
  const company = state.presence.here <= 1 && presence.here > 1;
  return update(state, { presence }, company ? [{ type: 'chime', sound: 'company' }] : []);
}

function duringCall(
  state: Inside,
  seat: SeatInCall,
  message: MessageOf<'live' | 'goodbye' | 'partnerMedia' | 'partnerLink' | 'signal' | 'iceServers'>,
  moment: Moment,
): Step {
  switch (message.type) {
    case 'live':
    case 'goodbye':
      return followClock(state, seat, message, moment);
    case 'partnerMedia': {
      const partnerMedia = laterMedia(seat.partnerMedia, message.state);
      return update(state, { seat: { ...seat, partnerMedia } });
    }
    case 'partnerLink':
      return stepRepair(state, seat, { partnerUp: message.up }, moment);
    case 'signal':
      return update(state, {}, [{ type: 'hearSignal', signal: message.signal }]);
    case 'iceServers':
      return update(state, {}, [{ type: 'useIceServers', iceServers: message.iceServers }]);
    default:
      return assertNever(message);
  }
}

function afterMatched(state: Inside, match: Match, moment: Moment): Step {
  const { matchId } = match;
  if (isInCall(state.seat) && state.seat.match.matchId === matchId) return update(state, {});
  // Who just asked for a break does not see a stranger's camera because two messages crossed.
  if (state.seat.at === 'idle')
    return update(state, {}, [
      { type: 'send', message: { type: 'endCall', matchId, reason: 'left' } },
    ]);
  const { seat, effects } = enterMatch(match, moment);
  const busy = isInCall(state.seat) ? [...stopClocks(), { type: 'closePeer' } as const] : [];
  return update(state, { seat }, [
    ...busy,
    { type: 'disarm', timer: 'nextMatch' },
    ...effects,
    { type: 'chime', sound: 'matched' },
  ]);
}

function followClock(
  state: Inside,
  seat: SeatInCall,
  message: MessageOf<'live' | 'goodbye'>,
  moment: Moment,
): Step {
  const { match, partnerMedia, chat, health } = seat;
  const extended = message.type === 'live' && message.extended;
  const moreTime = extended ? 'added' : seat.moreTime;
  const endsAt = moment.now + message.remainingMs;
  const lastCue = message.type === 'live' && message.remainingMs <= LIMITS.cueMs[1];
  const next: SeatInCall = {
    at: message.type,
    match,
    partnerMedia,
    chat,
    health,
    moreTime,
    endsAt,
  };
  const step = update(state, { seat: next, notice: null }, [
    ...callClock(message.remainingMs),
    ...(lastCue ? [{ type: 'chime', sound: 'ending' } as const] : []),
  ]);
  if (seat.at !== 'connecting' || step.state.phase !== 'inside') return step;
  // A stall that was found while the call still connected is due now; it is not reported twice.
  const repaired = stepRepair(step.state, next, {}, moment);
  return { state: repaired.state, effects: [...step.effects, ...repaired.effects] };
}

function afterEnded(state: Inside, message: MessageOf<'ended'>, moment: Moment): Step {
  const { seat } = state;
  if (isInCall(seat) && seat.match.matchId === message.matchId) {
    if (message.requeued) return backInQueue(state, seat.match.partnerName, message, moment);
    const after = afterCallSeat(seat, message.reason, moment.now);
    return update(state, { seat: after.seat, notice: null }, after.effects);
  }
  // The call itself said so first.
  if (seat.at === 'afterCall' && seat.matchId === message.matchId)
    return message.requeued
      ? backInQueue(state, seat.partnerName, message, moment)
      : update(state, { seat: { ...seat, ...notBefore(message, moment.now) } });
  return seat.at === 'idle' && message.requeued
    ? update(state, {}, [{ type: 'send', message: { type: 'notReady' } }])
    : update(state, {});
}

const NOTICE_OF: Partial<Record<EndReason, PartnerNotice>> = {
  connectFailed: 'connectFailed',
  connectionLost: 'connectionLost',
};

function backInQueue(
  state: Inside,
  partnerName: string,
  message: MessageOf<'ended'>,
  moment: Moment,
): Step {
  const kind = NOTICE_OF[message.reason] ?? 'partnerLeft';
  return update(
    state,
    { seat: { at: 'waiting', since: moment.now }, notice: { kind, partnerName } },
    [...stopClocks(), { type: 'disarm', timer: 'nextMatch' }, { type: 'closePeer' }],
  );
}
