import { fileURLToPath } from 'node:url';
import { startProcess, type RunningProcess } from '../server/startProcess.ts';

/** The bare pair's signalling, in a process of its own as Foyer's server is. */
export function startRelay(): Promise<RunningProcess> {
  return startProcess({ args: [fileURLToPath(new URL('relayProcess.ts', import.meta.url))] });
}
