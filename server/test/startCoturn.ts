import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real coturn on this machine, with a shared secret. */
export interface Coturn {
  readonly port: number;
  readonly secret: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** After `kill`: on the same port. */
  start(): Promise<void>;
  /** Ends it for good. */
  close(): Promise<void>;
}

/** Its last word before it serves. */
const READY = 'SQLite DB connection success';
const ADVICE = 'Install it (Debian, Ubuntu: sudo apt-get install coturn).';

export async function startCoturn(secret = 'a-secret-of-tests'): Promise<Coturn> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-coturn-'));
  const port = await freePort();
  const args = [
    ...['-n', '--log-file', 'stdout', '--simple-log', '--no-cli', '--no-tls', '--no-dtls'],
    ...['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--allow-loopback-peers'],
    ...['--listening-port', String(port), '--min-port', '50500', '--max-port', '50599'],
    ...['--use-auth-secret', '--static-auth-secret', secret, '--realm', 'foyer'],
    ...['--pidfile', join(folder, 'pid'), '--userdb', join(folder, 'db')],
  ];
  let running = await launch(args);
  return {
    port,
    secret,
    kill: () => end(running),
    async start() {
      running = await launch(args);
    },
    async close() {
      await end(running);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn('turnserver', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (data) => (said += String(data)));
  // A program that cannot be started says so by an error alone.
  const ended = once(child, 'exit').catch(() => null);
  while (!said.includes(READY)) {
    const event = await Promise.race([once(child.stdout, 'data'), ended]);
    if (event === null) throw new Error(`turnserver was not found. ${ADVICE}`);
    if (child.exitCode !== null) throw new Error(`turnserver ended: ${said}`);
  }
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
