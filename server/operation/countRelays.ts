import type { RelayListener } from '../ports/iceServerSource.ts';
import type { Telemetry } from '../ports/telemetry.ts';

/** Counts what the relay services do. */
export function countRelays(telemetry: Telemetry): RelayListener {
  return {
    issued: (service) => telemetry.note({ type: 'relayIssued', service }),
    failed: (service, cause) => telemetry.note({ type: 'relayFailed', service, cause }),
    breakerChanged: (service, state) =>
      telemetry.note({ type: 'relayBreaker', service, open: state !== 'closed' }),
  };
}
