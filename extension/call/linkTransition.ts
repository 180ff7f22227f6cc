import { assertNever } from '../../shared/assertNever.ts';
import type { Millis } from '../../shared/ids.ts';
import type { MediaState } from '../../shared/protocol/fields.ts';
import type { SeatView } from '../../shared/protocol/lobby.ts';
import { announceMedia } from './announceMedia.ts';
import { stopClocks } from './clocks.ts';
import { afterCallSeat, update, type Inside } from './insideStep.ts';
import { laterMedia } from './laterMedia.ts';
import { afterLobbyMessage } from './lobbyTransition.ts';
import { notBefore } from './notBefore.ts';
import { pairingView } from './pairingView.ts';
import type { Welcome } from './ports.ts';
import { stepRepair } from './repairTransition.ts';
import { seatFromWelcome } from './seatFromWelcome.ts';
import type { SessionEffect } from './sessionEffect.ts';
import { isInCall, type Seat, type SeatInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

type ViewInCall = Extract<SeatView, { match: unknown }>;

/**
 * The link is back. A kept seat is the server's truth, but for what the person pressed meanwhile.
 * A fresh one means that the server forgot: a call that flows goes on without it, and who waited
 * asks again.
 */
export function afterLinkUp(state: Inside, welcome: Welcome, fresh: boolean, moment: Moment): Step {
  const { presence, eventTitle, relayAvailable, seat } = welcome;
  const pairing = pairingView(welcome.pairing, moment.now);
  const news = { presence, eventTitle, relayAvailable, pairing };
  const back: Inside = { ...state, link: { up: true }, ...news };
  if (fresh) {
    const step = afterFreshSeat(back, moment);
    return { state: step.state, effects: [{ type: 'blockAgain' }, ...step.effects] };
  }
  return 'match' in seat ? keptInCall(back, seat, moment) : keptInLobby(back, seat, moment);
}

function afterFreshSeat(state: Inside, moment: Moment): Step {
  switch (state.seat.at) {
    case 'waiting':
      // What was prepared had a place that is gone.
      return update(state, {}, [{ type: 'closePeer' }, { type: 'sayReady', automatic: true }]);
    case 'connecting':
      return update(state, { seat: { at: 'waiting', since: moment.now } }, [
        ...stopClocks(),
        { type: 'closePeer' },
        { type: 'sayReady', automatic: true },
      ]);
    case 'idle':
    case 'afterCall':
    case 'live':
    case 'goodbye':
      return update(state, {});
    default:
      return assertNever(state.seat);
  }
}

/** The server says that one is in a call. */
function keptInCall(state: Inside, view: ViewInCall, moment: Moment): Step {
  const { seat } = state;
  const { matchId } = view.match;
  if (isInCall(seat) && seat.match.matchId === matchId) return sameCall(state, seat, view, moment);
  const left = seat.at === 'afterCall' && seat.matchId === matchId;
  if (left || seat.at === 'idle')
    return update(state, {}, [
      { type: 'send', message: { type: 'endCall', matchId, reason: 'left' } },
    ]);
  const { seat: next, effects } = seatFromWelcome(view, moment);
  return update(state, { seat: next }, [...stopCall(state), ...effects]);
}

function sameCall(state: Inside, seat: SeatInCall, view: ViewInCall, moment: Moment): Step {
  const { match } = seat;
  const health = { ...seat.health, partnerUp: view.partnerUp };
  const again = { ...seat, health, partnerMedia: latestMedia(seat, view) };
  const resaid: SessionEffect[] = [announceMedia(seat, moment.ownMedia)];
  if (view.phase === 'connecting') {
    const flowing = seat.at !== 'connecting' || seat.flowing;
    if (flowing)
      resaid.push({ type: 'send', message: { type: 'mediaFlowing', matchId: match.matchId } });
    return update(state, { seat: again }, resaid);
  }
  const { phase, remainingMs } = view;
  const asksAgain = seat.moreTime === 'asked' && view.moreTime === 'open';
  if (asksAgain)
    resaid.push({ type: 'send', message: { type: 'wantMore', matchId: match.matchId } });
  const moreTime = asksAgain ? 'asked' : view.moreTime;
  const step = afterLobbyMessage(
    { ...state, seat: { ...again, moreTime } },
    { type: phase, matchId: match.matchId, remainingMs },
    moment,
  );
  return repaired({ state: step.state, effects: [...resaid, ...step.effects] }, moment);
}

/** The call itself may have said something later than what the lobby has. */
function latestMedia(seat: SeatInCall, { partnerMedia }: ViewInCall): MediaState | null {
  return partnerMedia === null ? seat.partnerMedia : laterMedia(seat.partnerMedia, partnerMedia);
}

/** With the link a restart can be negotiated again. */
function repaired(step: Step, moment: Moment): Step {
  const { state } = step;
  if (state.phase !== 'inside' || !isInCall(state.seat)) return step;
  const after = stepRepair(state, state.seat, {}, moment);
  return { state: after.state, effects: [...step.effects, ...after.effects] };
}

/** The server says that one is in no call. */
function keptInLobby(
  state: Inside,
  view: Exclude<SeatView, { match: unknown }>,
  moment: Moment,
): Step {
  const { seat } = state;
  if (isInCall(seat)) return callEndedMeanwhile(state, seat, view, moment);
  if (seat.at === 'waiting' && view.phase === 'idle')
    return update(state, {}, [{ type: 'sayReady', automatic: true }]);
  if (seat.at === 'waiting' && view.phase === 'waiting')
    // The network may be another one by now, and with it the way to a partner. Who was asked whether
    // they are there is asked again.
    return update(state, { seat: waitingSeat(view, seat.since, moment) }, [
      { type: 'preparePeer', broker: view.broker },
    ]);
  if (seat.at === 'idle' && view.phase === 'waiting')
    return update(state, {}, [{ type: 'send', message: { type: 'notReady' } }]);
  if (seat.at === 'afterCall' && view.phase === 'waiting')
    return update(state, { seat: waitingSeat(view, moment.now, moment) }, [
      { type: 'disarm', timer: 'nextMatch' },
      { type: 'preparePeer', broker: view.broker },
    ]);
  return update(state, {});
}

function waitingSeat(
  view: Extract<SeatView, { phase: 'waiting' }>,
  since: Millis,
  { now }: Moment,
): Seat {
  return { at: 'waiting', since, ...notBefore(view, now) };
}

function callEndedMeanwhile(state: Inside, seat: SeatInCall, view: SeatView, moment: Moment): Step {
  if (view.phase === 'idle') {
    const after = afterCallSeat(seat, 'timeUp', moment.now);
    return update(state, { seat: after.seat, notice: null }, after.effects);
  }
  const notice = { kind: 'partnerLeft', partnerName: seat.match.partnerName } as const;
  const prepare: SessionEffect[] =
    view.phase === 'waiting' ? [{ type: 'preparePeer', broker: view.broker }] : [];
  return update(state, { seat: { at: 'waiting', since: moment.now }, notice }, [
    ...stopCall(state),
    ...prepare,
  ]);
}

function stopCall(state: Inside): readonly SessionEffect[] {
  const ending: SessionEffect[] = [{ type: 'disarm', timer: 'nextMatch' }];
  return isInCall(state.seat) ? [...ending, ...stopClocks(), { type: 'closePeer' }] : ending;
}
