import { assertNever } from '../../shared/assertNever.ts';
import type { Match, SeatView } from '../../shared/protocol/lobby.ts';
import type { SessionEffect } from './sessionEffect.ts';
import { HEALTHY, type Seat } from './sessionState.ts';
import { callClock, connectClock } from './clocks.ts';
import { notBefore } from './notBefore.ts';
import type { Moment } from './transition.ts';

interface Seated {
  readonly seat: Seat;
  readonly effects: readonly SessionEffect[];
}

/** Takes the seat that the server says one has, with nothing of one's own to keep. */
export function seatFromWelcome(view: SeatView, moment: Moment): Seated {
  switch (view.phase) {
    case 'idle':
      return { seat: { at: 'idle' }, effects: [] };
    case 'waiting':
      return {
        seat: { at: 'waiting', since: moment.now, ...notBefore(view, moment.now) },
        effects: [{ type: 'preparePeer', broker: view.broker }],
      };
    case 'connecting':
      return enterMatch(view.match, moment);
    case 'live':
    case 'goodbye': {
      const { match, partnerMedia, partnerUp, remainingMs, moreTime } = view;
      const health = { ...HEALTHY, partnerUp };
      return {
        seat: {
          at: view.phase,
          match,
          partnerMedia,
          chat: [],
          health,
          moreTime,
          endsAt: moment.now + remainingMs,
        },
        effects: [...enterMatch(match, moment).effects, ...callClock(remainingMs)],
      };
    }
    default:
      return assertNever(view);
  }
}

/** From *matched* on nothing is asked of camera, relay credentials or disk. */
export function enterMatch(match: Match, moment: Moment): Seated {
  return {
    seat: {
      at: 'connecting',
      match,
      partnerMedia: null,
      chat: [],
      health: HEALTHY,
      moreTime: 'open',
      since: moment.now,
      flowing: false,
    },
    effects: [
      { type: 'openPeer', match },
      { type: 'announceMedia', match, media: moment.ownMedia },
      ...connectClock(),
    ],
  };
}
