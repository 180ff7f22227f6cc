import type { BlockRequest, Match } from '../../shared/protocol/lobby.ts';
import { afterCallSeat, update, type Inside } from './insideStep.ts';
import type { SessionEffect } from './sessionEffect.ts';
import { isInCall } from './sessionState.ts';
import type { Moment, Step } from './transition.ts';

/** What was said longer ago has been written down long since. */
const KEPT = 8;

/** One press ends the call as leaving does, and keeps the two apart from then on. */
export function blockPartner(state: Inside, moment: Moment): Step {
  const { seat } = state;
  if (isInCall(seat)) {
    const request = blockOf(seat.match);
    const left = afterCallSeat(seat, 'youLeft', moment.now);
    const blocks = withBlock(state, request);
    return update(state, { seat: { ...left.seat, blocked: true }, blocks, notice: null }, [
      { type: 'send', message: request },
      { type: 'tellPeer', message: { type: 'bye' } },
      ...left.effects,
    ]);
  }
  if (seat.at !== 'afterCall' || seat.blocked === true) return update(state, {});
  const request = blockOf(seat);
  const blocks = withBlock(state, request);
  return update(state, { seat: { ...seat, blocked: true }, blocks }, [
    { type: 'send', message: request },
  ]);
}

/** The server that gave the old seat may have died before it wrote down what it heard. */
export function blockAgain({ blocks }: Inside): readonly SessionEffect[] {
  return blocks.map((message) => ({ type: 'send', message }));
}

function withBlock({ blocks }: Inside, request: BlockRequest): readonly BlockRequest[] {
  return [...blocks, request].slice(-KEPT);
}

function blockOf({ matchId, partnerSeal }: Pick<Match, 'matchId' | 'partnerSeal'>): BlockRequest {
  return { type: 'block', matchId, partnerSeal };
}
