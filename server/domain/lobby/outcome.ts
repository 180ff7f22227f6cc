import type { EndReason } from '../../../shared/protocol/lobby.ts';
import type { Call } from './call.ts';

/** What a member is told at the end of a call, and whether they go back to the line's head. */
export type Outcome = { readonly reason: EndReason; readonly requeued: boolean };
export const YOU_LEFT: Outcome = { reason: 'youLeft', requeued: false };
const PARTNER_LEFT: Outcome = { reason: 'partnerLeft', requeued: true };
export const CONNECT_FAILED: Outcome = { reason: 'connectFailed', requeued: true };
const CONNECTION_LOST: Outcome = { reason: 'connectionLost', requeued: true };
export const TIME_UP: Outcome = { reason: 'timeUp', requeued: false };

export function failureOf({ stage }: Call): Outcome {
  if (stage.phase === 'goodbye') return TIME_UP;
  return stage.phase === 'live' ? CONNECTION_LOST : CONNECT_FAILED;
}

/** Who goes during the goodbye cuts nothing short: the conversation has had its time. */
export function outcomeForTheOther({ stage }: Call): Outcome {
  return stage.phase === 'goodbye' ? TIME_UP : PARTNER_LEFT;
}
