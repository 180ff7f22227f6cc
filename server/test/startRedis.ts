import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';

/** A Redis of the tests' own, that keeps nothing, on a free port of this machine. */
export interface RedisServer {
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** After `kill`: on the same port, empty. */
  start(): Promise<void>;
  /** It lives and answers nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

const READY = 'Ready to accept connections';
const ADVICE = 'Install it (Debian, Ubuntu: sudo apt-get install redis-server).';

export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-redis-'));
  const port = await freePort();
  let running = await launch(port, folder);
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => kill(running),
    async start() {
      running = await launch(port, folder);
    },
    freeze: () => void running.kill('SIGSTOP'),
    thaw: () => void running.kill('SIGCONT'),
    async close() {
      await kill(running);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string): Promise<ChildProcess> {
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const args = [...where, '--save', '', '--appendonly', 'no', '--daemonize', 'no'];
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  // A program that cannot be started says so by an error alone.
  const ended = once(child, 'exit').catch(() => null);
  while (!said.includes(READY)) {
    const event = await Promise.race([once(child.stdout, 'data'), ended]);
    if (event === null) throw new Error(`redis-server was not found. ${ADVICE}`);
    if (child.exitCode !== null) throw new Error(`redis-server ended: ${said}`);
  }
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
