import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /** What it writes once it serves. */
  readonly ready: string;
  /** For whoever does not have the program. */
  readonly advice: string;
}

/** Settles when the program serves. */
export async function launchProgram(launch: Launch): Promise<ChildProcess> {
  const { program, args, ready, advice } = launch;
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  // A program that cannot be started says so by an error alone.
  const ended = once(child, 'exit').catch(() => null);
  while (!said.includes(ready)) {
    const event = await Promise.race([once(child.stdout, 'data'), ended]);
    if (event === null) throw new Error(`${program} was not found. ${advice}`);
    if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
  }
  return child;
}
