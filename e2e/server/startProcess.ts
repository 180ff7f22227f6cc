import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

interface ProcessOptions {
  /** Arguments of `node`: the script first. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A running server of ours that said where it listens. */
export interface RunningProcess {
  readonly url: string;
  readonly pid: number;
  /** What it wrote so far, line by line. */
  readonly lines: readonly string[];
  /** Asks it to end (SIGTERM) and waits; one that does not end is killed and reported as an error. */
  stop(): Promise<void>;
  /** Ends it at once (SIGKILL), as a crash would. */
  kill(): Promise<void>;
}

const START_MS = 60_000;
const STOP_MS = 15_000;

/** Starts a script and waits for its log line with `"msg":"listening"` and a `url`. */
export async function startProcess({ args, env }: ProcessOptions): Promise<RunningProcess> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.once('close', () => process.off('exit', killWithUs));
  const lines: string[] = [];
  const url = await listeningUrl(child, lines);
  return {
    url,
    // A child that has said where it listens has an id.
    pid: child.pid!,
    lines,
    stop: () => endWith(child, ended, 'SIGTERM', lines),
    kill: () => endWith(child, ended, 'SIGKILL', lines),
  };
}

/** A child whose pipes are open, as `stdio` above asks. */
function listeningUrl(child: ChildProcess, lines: string[]): Promise<string> {
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
        const url = urlIn(line);
        if (url === null) return;
        clearTimeout(timer);
        resolve(url);
      });
    }
  });
}

function urlIn(line: string): string | null {
  if (!line.startsWith('{')) return null;
  try {
    const entry = JSON.parse(line) as { msg?: unknown; url?: unknown };
    return entry.msg === 'listening' && typeof entry.url === 'string' ? entry.url : null;
  } catch {
    return null;
  }
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
