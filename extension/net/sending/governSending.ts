import type { Timers } from '../../call/ports.ts';
import { applyRung } from './applyRung.ts';
import { SendingGovernor } from './sendingGovernor.ts';
import { readSendingSample } from './sendingSample.ts';

/** Keeps what a connection sends within what its way carries, from its first packet to the signal. */
export function governSending(
  connection: RTCPeerConnection,
  timers: Timers,
  pictureHeld: (held: boolean) => void,
  signal: AbortSignal,
): void {
  const connected = () => connection.connectionState === 'connected';
  new SendingGovernor(
    {
      timers,
      sample: async () => (connected() ? await readSendingSample(connection) : null),
      apply: (rung) => applyRung(connection, rung),
      pictureHeld,
    },
    signal,
  );
}
