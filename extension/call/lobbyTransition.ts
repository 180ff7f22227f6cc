import { assertNever } from '../../shared/assertNever.ts';
import type { Match, Presence } from '../../shared/protocol/lobby.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { callClock, stopClocks } from './clocks.ts';
import { afterCallSeat, update, type Inside } from './insideStep.ts';
import { laterMedia } from './laterMedia.ts';
import { enterMatch } from './seatFromWelcome.ts';
import type { LobbyMessage } from './ports.ts';
import { isInCall, type SeatInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

type MessageOf<Type extends LobbyMessage['type']> = Extract<LobbyMessage, { type: Type }>;

/** What the lobby says. Messages about another match than the present one are late, and ignored. */
export function afterLobbyMessage(state: Inside, message: LobbyMessage, moment: Moment): Step {
  switch (message.type) {
    case 'presence':
      return afterPresence(state, message.presence);
    case 'matched':
      return afterMatched(state, message.match, moment);
    case 'waiting':
    case 'partnerLink':
    case 'signal':
      return update(state, {});
    case 'idle':
      return state.seat.at === 'waiting'
        ? update(state, { seat: { at: 'idle' } })
        : update(state, {});
    case 'ended':
      return afterEnded(state, message, moment);
    case 'live':
    case 'goodbye':
    case 'partnerMedia':
      return isInCall(state.seat) && state.seat.match.matchId === message.matchId
        ? duringCall(state, state.seat, message, moment)
        : update(state, {});
    default:
      return assertNever(message);
  }
}

function afterPresence(state: Inside, presence: Presence): Step {
  const company = state.presence.here <= 1 && presence.here > 1;
  return update(state, { presence }, company ? [{ type: 'chime', sound: 'company' }] : []);
}

function duringCall(
  state: Inside,
  seat: SeatInCall,
  message: MessageOf<'live' | 'goodbye' | 'partnerMedia'>,
  moment: Moment,
): Step {
  if (message.type !== 'partnerMedia') return followClock(state, seat, message, moment);
  return update(state, {
    seat: { ...seat, partnerMedia: laterMedia(seat.partnerMedia, message.state) },
  });
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
  const { match, partnerMedia } = seat;
  const endsAt = moment.now + message.remainingMs;
  const lastCue = message.type === 'live' && message.remainingMs <= LIMITS.cueMs[1];
  return update(state, { seat: { at: message.type, match, partnerMedia, endsAt }, notice: null }, [
    ...callClock(message.remainingMs),
    ...(lastCue ? [{ type: 'chime', sound: 'ending' } as const] : []),
  ]);
}

function afterEnded(state: Inside, message: MessageOf<'ended'>, moment: Moment): Step {
  const { seat } = state;
  if (isInCall(seat) && seat.match.matchId === message.matchId) {
    if (message.requeued) return backInQueue(state, seat.match.partnerName, message, moment);
    const after = afterCallSeat(seat, message.reason, moment.now);
    return update(state, { seat: after.seat, notice: null }, after.effects);
  }
  // The call itself said so first.
  if (seat.at === 'afterCall' && seat.matchId === message.matchId && message.requeued)
    return backInQueue(state, seat.partnerName, message, moment);
  return seat.at === 'idle' && message.requeued
    ? update(state, {}, [{ type: 'send', message: { type: 'notReady' } }])
    : update(state, {});
}

function backInQueue(
  state: Inside,
  partnerName: string,
  message: MessageOf<'ended'>,
  moment: Moment,
): Step {
  const kind = message.reason === 'connectFailed' ? 'connectFailed' : 'partnerLeft';
  return update(
    state,
    { seat: { at: 'waiting', since: moment.now }, notice: { kind, partnerName } },
    [...stopClocks(), { type: 'disarm', timer: 'nextMatch' }, { type: 'closePeer' }],
  );
}
