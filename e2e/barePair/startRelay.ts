import { fileURLToPath } from 'node:url';
import { startProcess, type RunningProcess } from '../server/startProcess.ts';

const SCRIPT = fileURLToPath(new URL('relayProcess.ts', import.meta.url));

interface RelayPlace {
  readonly namespace: string;
  readonly address: string;
}

/** The bare pair's signalling, in a process of its own as Foyer's server is. */
export function startRelay(place?: RelayPlace): Promise<RunningProcess> {
  if (place === undefined) return startProcess({ args: [SCRIPT] });
  return startProcess({ args: [SCRIPT, place.address], namespace: place.namespace });
}
