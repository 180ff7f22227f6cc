import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Settles when it is gone, also where it has been for long. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
