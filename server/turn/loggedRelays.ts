import type { Logger } from 'pino';
import type { RelayListener } from '../ports/iceServerSource.ts';

/** Logs what an operator should know of the relay services; `next` hears everything. */
export function loggedRelays(log: Logger, next: RelayListener): RelayListener {
  return {
    issued: (service) => next.issued(service),
    failed(service, cause) {
      log.warn({ service, cause }, 'a relay service failed');
      next.failed(service, cause);
    },
    breakerChanged(service, state) {
      if (state === 'open') log.warn({ service }, 'a relay service is left alone for a while');
      if (state === 'closed') log.info({ service }, 'a relay service is back');
      next.breakerChanged(service, state);
    },
  };
}
