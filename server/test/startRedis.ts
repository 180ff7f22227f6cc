import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild } from './endChild.ts';
import { freePort } from './freePort.ts';
import { launchProgram } from './launchProgram.ts';

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

/** @param more further arguments of the program. */
export async function startRedis(...more: readonly string[]): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-redis-'));
  const port = await freePort();
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  const args = [...where, '--save', '', '--appendonly', 'no', '--daemonize', 'no', ...more];
  const launch = () =>
    launchProgram({ program: 'redis-server', args, ready: READY, advice: ADVICE });
  let running = await launch();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => endChild(running, 'SIGKILL'),
    async start() {
      running = await launch();
    },
    freeze: () => void running.kill('SIGSTOP'),
    thaw: () => void running.kill('SIGCONT'),
    async close() {
      await endChild(running, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
