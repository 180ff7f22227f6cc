import { fileURLToPath } from 'node:url';
import { startProcess, type RunningProcess } from '../../e2e/server/startProcess.ts';

const SCRIPT = fileURLToPath(new URL('delayProcess.ts', import.meta.url));

/** The same server as at `url`, but `oneWayMs` away, in a process of its own. */
export function startDelay(url: string, oneWayMs: number): Promise<RunningProcess> {
  return startProcess({ args: [SCRIPT, new URL(url).port, String(oneWayMs)] });
}
