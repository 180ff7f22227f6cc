import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endChild } from './endChild.ts';
import { freePort } from './freePort.ts';

/** One node of several: a process of its own, reached at an address of its own. */
export interface ClusterNode {
  readonly name: string;
  readonly url: string;
  /** Of the running process. */
  pid(): number;
  /** As a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end; its exit code. */
  stop(): Promise<number | null>;
  /** It lives and does nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** After `kill` or `stop`: at the same address. */
  start(): Promise<void>;
}

const MAIN = join(import.meta.dirname, '..', 'main.ts');

/**
 * @param environment null: not set.
 * @param program what is run: the server as it stands, or as it was built.
 */
export async function startNode(
  name: string,
  environment: Readonly<Record<string, string | null>>,
  program = MAIN,
): Promise<ClusterNode> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const own = { PORT: String(port), FOYER_NODE: name, FOYER_NODE_URL: url, LOG_LEVEL: 'info' };
  const wanted = Object.entries({ ...own, ...environment }).filter(([, value]) => value !== null);
  const env = { ...process.env, ...Object.fromEntries(wanted) };
  let running = await launch(program, env);
  return {
    name,
    url,
    // A child that has said something has an id.
    pid: () => running.pid ?? 0,
    kill: async () => void (await end(running, 'SIGKILL')),
    stop: () => end(running, 'SIGTERM'),
    freeze: () => void running.kill('SIGSTOP'),
    thaw: () => void running.kill('SIGCONT'),
    async start() {
      running = await launch(program, env);
    },
  };
}

async function launch(program: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  let said = '';
  for (const pipe of [child.stdout, child.stderr])
    pipe.on('data', (text) => (said += String(text)));
  const ended = once(child, 'exit');
  while (child.exitCode === null && !said.includes('"listening"')) {
    await Promise.race([once(child.stdout, 'data'), ended]);
  }
  if (child.exitCode !== null) throw new Error(`A node does not start: ${said}`);
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  await endChild(child, signal);
  return child.exitCode;
}
