import { fork, type ChildProcess } from 'node:child_process';

/**
 * Starts people who have machines of their own in truth: their process gets the time that everybody else
 * leaves (Linux's idle class), and what they do to the server is measured without what they do to its
 * processor.
 */
export function forkBeside(script: string, ...args: readonly string[]): ChildProcess {
  return fork(script, args, { execPath: 'chrt', execArgv: ['--idle', '0', process.execPath] });
}
