import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { inNamespace } from '../network/inNamespace.ts';

interface CommandOptions<Word> {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The network namespace it lives in; none: this machine's own network. */
  readonly namespace?: string | undefined;
  /** What a line says of the program's being ready; null while it says nothing of it. */
  readonly readyWord: (line: string) => Word | null;
}

/** A program that said it is ready. */
export interface RunningCommand<Word> {
  readonly word: Word;
  readonly pid: number;
  /** What it wrote so far, line by line. */
  readonly lines: readonly string[];
  /** Asks it to end (SIGTERM) and waits; one that does not end is killed and reported as an error. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL), as a crash would. */
  kill(): Promise<void>;
}

/** A database that opens for the first time, on cores that others want as well. */
const START_MS = 110_000;
const STOP_MS = 15_000;

/** Starts a program and waits for its own word that it is ready. It ends with this process at the latest. */
export async function startCommand<Word>(
  options: CommandOptions<Word>,
): Promise<RunningCommand<Word>> {
  const [command, args] = inNamespace(options.namespace, options.command, options.args);
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('close', () => process.off('exit', killWithUs));
  const lines: string[] = [];
  const word = await firstWord(child, lines, options.readyWord);
  return {
    word,
    // A child that has said something has an id.
    pid: child.pid!,
    lines,
    stop: () => endWith(child, ended, 'SIGTERM', lines),
    kill: () => endWith(child, ended, 'SIGKILL', lines),
  };
}

/** A child whose pipes are open, as `stdio` above asks. */
function firstWord<Word>(
  child: ChildProcess,
  lines: string[],
  readyWord: (line: string) => Word | null,
): Promise<Word> {
  return new Promise((resolve, reject) => {
    const refuse = (what: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${child.spawnargs.join(' ')} ${what}:\n${lines.join('\n')}`));
    };
    const timer = setTimeout(refuse, START_MS, `did not listen within ${START_MS} ms`);
    child.once('error', (error) => refuse(`could not start (${error.message})`));
    child.once('close', (code) => refuse(`ended with code ${code}`));
    for (const pipe of [child.stdout!, child.stderr!]) {
      createInterface({ input: pipe }).on('line', (line) => {
        lines.push(line);
        const word = readyWord(line);
        if (word === null) return;
        clearTimeout(timer);
        resolve(word);
      });
    }
  });
}

async function endWith(
  child: ChildProcess,
  ended: Promise<void>,
  signal: 'SIGTERM' | 'SIGKILL',
  lines: readonly string[],
): Promise<void> {
  child.kill(signal);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, STOP_MS);
  await ended;
  clearTimeout(timer);
  if (late) throw new Error(`The process did not end within ${STOP_MS} ms:\n${lines.join('\n')}`);
}
