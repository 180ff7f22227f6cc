import { assertNever } from '../../shared/assertNever.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { announceMedia } from './announceMedia.ts';
import { blockPartner } from './blockPartner.ts';
import { withLine } from './chat.ts';
import { SERVER_SLACK_MS } from './clocks.ts';
import { afterLobbyMessage } from './lobbyTransition.ts';
import { afterPeerEvent } from './peerTransition.ts';
import { afterCallSeat, leaveSeat, type Inside, update } from './insideStep.ts';
import { afterLinkUp } from './linkTransition.ts';
import { stepRepair } from './repairTransition.ts';
import type { SessionEvent, TimerName } from './sessionEvent.ts';
import { isInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

/** Events while one has a seat in the lobby. */
export function insideTransition(state: Inside, event: SessionEvent, moment: Moment): Step {
  switch (event.type) {
    case 'readyPressed':
    case 'meetNextPressed':
      return askForMatch(state, moment, { automatic: false });
    case 'herePressed':
      return answerHere(state, moment);
    case 'personSeen':
      return afterPersonSeen(state, moment);
    case 'notReadyPressed':
      return stopWaiting(state);
    case 'breakPressed':
      return takeBreak(state);
    case 'leaveCallPressed':
      return leaveCall(state, moment);
    case 'blockPressed':
      return blockPartner(state, moment);
    case 'moreTimePressed':
      return askForMoreTime(state);
    case 'chatSent':
      return sendChat(state, event.text);
    case 'leavePressed':
      return leaveLobby(state);
    case 'linkUp':
      return afterLinkUp(state, event.welcome, event.fresh, moment);
    case 'linkDown':
      return afterLinkDown(state, moment);
    case 'linkStopped':
      return leaveSeat({ phase: 'stopped', reason: event.reason });
    case 'lobby':
      return afterLobbyMessage(state, event.message, moment);
    case 'mediaArrived':
    case 'peerFailed':
    case 'peerSaid':
    case 'peerSignals':
    case 'judged':
      return afterPeerEvent(state, event, moment);
    case 'offerMade':
      return state.seat.at === 'waiting'
        ? update(state, {}, [
            {
              type: 'send',
              message: { type: 'offerAhead', peerId: event.peerId, offer: event.offer },
            },
          ])
        : update(state, {});
    case 'ownMediaChanged':
      return isInCall(state.seat)
        ? update(state, {}, [announceMedia(state.seat, event.media)])
        : update(state, {});
    case 'timerFired':
      return afterTimer(state, event.timer, moment);
    case 'joinPressed':
    case 'startOverPressed':
    case 'linkFailed':
      return { state, effects: [] };
    default:
      return assertNever(event);
  }
}

/** The partner hears of it only when both have asked, from the lobby. */
function askForMoreTime(state: Inside): Step {
  const { seat } = state;
  if (!isInCall(seat) || seat.at === 'connecting') return update(state, {});
  const { matchId } = seat.match;
  if (seat.moreTime !== 'open') return update(state, {});
  return update(state, { seat: { ...seat, moreTime: 'asked' } }, [
    { type: 'send', message: { type: 'wantMore', matchId } },
  ]);
}

/** Shown at once; a line that the partner never gets was said into a broken call. */
function sendChat(state: Inside, text: string): Step {
  const { seat } = state;
  if (!isInCall(seat)) return update(state, {});
  const chat = withLine(seat.chat, { from: 'me', text });
  return update(state, { seat: { ...seat, chat } }, [
    { type: 'tellPeer', message: { type: 'chat', text } },
  ]);
}

/** Only the button answers: on the way to it a hand passes over the panel. */
function answerHere(state: Inside, moment: Moment): Step {
  const { seat } = state;
  if (seat.at !== 'waiting' || seat.answerBy === undefined) return update(state, {});
  return tellPresence({ ...state, seat: { at: 'waiting', since: seat.since } }, moment);
}

function afterPersonSeen(state: Inside, moment: Moment): Step {
  const asked = state.seat.at === 'waiting' && state.seat.answerBy !== undefined;
  if (asked || moment.now - state.signedAt < LIMITS.signIntervalMs) return update(state, {});
  return tellPresence(state, moment);
}

function tellPresence(state: Inside, moment: Moment): Step {
  const tell = { type: 'send', message: { type: 'present' } } as const;
  return update(state, { signedAt: moment.now }, [tell]);
}

function askForMatch(state: Inside, moment: Moment, { automatic }: { automatic: boolean }): Step {
  if (state.seat.at !== 'idle' && state.seat.at !== 'afterCall') return update(state, {});
  const { notBefore } = { notBefore: undefined, ...state.seat };
  const rest = notBefore === undefined ? {} : { notBefore };
  return update(state, { seat: { at: 'waiting', since: moment.now, ...rest }, notice: null }, [
    { type: 'disarm', timer: 'nextMatch' },
    { type: 'sayReady', automatic },
  ]);
}

function stopWaiting(state: Inside): Step {
  if (state.seat.at !== 'waiting') return update(state, {});
  return update(state, { seat: { at: 'idle' }, notice: null }, [
    { type: 'send', message: { type: 'notReady' } },
    // What was prepared is for nobody.
    { type: 'closePeer' },
  ]);
}

function afterLinkDown(state: Inside, moment: Moment): Step {
  const down: Inside = { ...state, link: { up: false, since: moment.now } };
  return isInCall(down.seat) ? stepRepair(down, down.seat, {}, moment) : update(down, {});
}

function takeBreak(state: Inside): Step {
  if (state.seat.at !== 'afterCall') return update(state, {});
  return update(state, { seat: { at: 'idle' }, notice: null }, [
    { type: 'disarm', timer: 'nextMatch' },
  ]);
}

function leaveCall(state: Inside, moment: Moment): Step {
  if (!isInCall(state.seat)) return update(state, {});
  const { matchId } = state.seat.match;
  const left = afterCallSeat(state.seat, 'youLeft', moment.now);
  return update(state, { seat: left.seat, notice: null }, [
    { type: 'send', message: { type: 'endCall', matchId, reason: 'left' } },
    { type: 'tellPeer', message: { type: 'bye' } },
    ...left.effects,
  ]);
}

function leaveLobby(state: Inside): Step {
  const step = leaveSeat({ phase: 'stopped', reason: 'left' });
  const bye = isInCall(state.seat) ? [{ type: 'tellPeer', message: { type: 'bye' } } as const] : [];
  return {
    state: step.state,
    effects: [...bye, { type: 'send', message: { type: 'leave' } }, ...step.effects],
  };
}

function afterTimer(state: Inside, timer: TimerName, moment: Moment): Step {
  switch (timer) {
    case 'nextMatch':
      return state.seat.at === 'afterCall'
        ? askForMatch(state, moment, { automatic: true })
        : update(state, {});
    case 'connect':
      return state.seat.at === 'connecting'
        ? afterLobbyMessage(
            state,
            {
              type: 'ended',
              matchId: state.seat.match.matchId,
              reason: 'connectFailed',
              requeued: false,
            },
            moment,
          )
        : update(state, {});
    case 'callClock':
      return afterCallClock(state, moment);
    case 'repair':
      return isInCall(state.seat) ? stepRepair(state, state.seat, {}, moment) : update(state, {});
    default:
      return assertNever(timer);
  }
}

/** The server did not say that time is up, so it is away: the conversation ends by its own clock. */
function afterCallClock(state: Inside, moment: Moment): Step {
  if (!isInCall(state.seat)) return update(state, {});
  const { matchId } = state.seat.match;
  return state.seat.at === 'live'
    ? afterLobbyMessage(
        state,
        { type: 'goodbye', matchId, remainingMs: LIMITS.goodbyeMs - SERVER_SLACK_MS },
        moment,
      )
    : afterLobbyMessage(
        state,
        { type: 'ended', matchId, reason: 'timeUp', requeued: false },
        moment,
      );
}
