import type { Millis } from '../../shared/ids.ts';
import type { Pairing } from '../../shared/protocol/lobby.ts';

/** Whether anybody is introduced now; `nextAt` is of this machine's monotonic clock. */
export type PairingView =
  | Exclude<Pairing, { state: 'betweenRounds' }>
  | { readonly state: 'betweenRounds'; readonly nextAt: Millis };

export function pairingView(pairing: Pairing, now: Millis): PairingView {
  if (pairing.state !== 'betweenRounds') return pairing;
  return { state: pairing.state, nextAt: now + pairing.nextInMs };
}
