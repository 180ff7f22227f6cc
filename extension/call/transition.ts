import { assertNever } from '../../shared/assertNever.ts';
import type { Millis } from '../../shared/ids.ts';
import type { SessionEffect } from './sessionEffect.ts';
import type { OwnMedia } from './ports.ts';
import type { SessionEvent } from './sessionEvent.ts';
import type { SessionState } from './sessionState.ts';
import { insideTransition } from './insideTransition.ts';
import { pairingView } from './pairingView.ts';
import { seatFromWelcome } from './seatFromWelcome.ts';

export interface Step {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

/** What a transition may know beside state and event. */
export interface Moment {
  /** Monotonic, ms. */
  readonly now: Millis;
  /** Camera and microphone as they leave this machine right now. */
  readonly ownMedia: OwnMedia;
}

/**
 * The whole life of one visit to a lobby: what an event means in a state, and what is to be done.
 * Events that mean nothing in a state leave it untouched: late messages of an ended call are normal.
 */
export function transition(state: SessionState, event: SessionEvent, moment: Moment): Step {
  switch (state.phase) {
    case 'outside':
    case 'stopped':
      if (event.type === 'joinPressed') return join(moment.now);
      if (event.type === 'startOverPressed') return { state: { phase: 'outside' }, effects: [] };
      return { state, effects: [] };
    case 'joining':
      return whileJoining(state, event, moment);
    case 'inside':
      return insideTransition(state, event, moment);
    default:
      return assertNever(state);
  }
}

function join(now: Millis): Step {
  return {
    state: { phase: 'joining', since: now, attempt: 0, why: null, again: null },
    effects: [{ type: 'openLink' }],
  };
}

function whileJoining(
  state: Extract<SessionState, { phase: 'joining' }>,
  event: SessionEvent,
  moment: Moment,
): Step {
  switch (event.type) {
    case 'linkUp': {
      const { eventTitle, presence, relayAvailable } = event.welcome;
      const pairing = pairingView(event.welcome.pairing, moment.now);
      const { seat, effects } = seatFromWelcome(event.welcome.seat, moment);
      return {
        state: {
          phase: 'inside',
          link: { up: true },
          ...{ eventTitle, presence, pairing, relayAvailable, seat },
          notice: null,
          signedAt: moment.now,
        },
        effects: event.fresh ? [{ type: 'blockAgain' }, ...effects] : effects,
      };
    }
    case 'linkFailed': {
      const { attempt, why, againInMs: inMs } = event;
      const again = { at: moment.now + inMs, inMs };
      return { state: { ...state, attempt, why, again }, effects: [] };
    }
    case 'linkStopped':
      return {
        state: { phase: 'stopped', reason: event.reason },
        effects: [{ type: 'closeLink' }],
      };
    case 'leavePressed':
      return { state: { phase: 'outside' }, effects: [{ type: 'closeLink' }] };
    default:
      return { state, effects: [] };
  }
}
