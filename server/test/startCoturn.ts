import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild } from './endChild.ts';
import { freePort } from './freePort.ts';
import { launchProgram } from './launchProgram.ts';

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

type Arguments = (port: number, secret: string) => readonly string[];

export async function startCoturn(
  secret = 'a-secret-of-tests',
  given: Arguments = OF_TESTS,
): Promise<Coturn> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-coturn-'));
  const port = await freePort();
  const places = ['--pidfile', join(folder, 'pid'), '--userdb', join(folder, 'db')];
  const args = [...given(port, secret), ...places];
  const launch = () => launchProgram({ program: 'turnserver', args, ready: READY, advice: ADVICE });
  let running = await launch();
  return {
    port,
    secret,
    kill: () => endChild(running, 'SIGKILL'),
    async start() {
      running = await launch();
    },
    async close() {
      await endChild(running, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const OF_TESTS: Arguments = (port, secret) => [
  ...['-n', '--log-file', 'stdout', '--simple-log', '--no-cli', '--no-tls', '--no-dtls'],
  ...['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--allow-loopback-peers'],
  ...['--listening-port', String(port), '--min-port', '50500', '--max-port', '50599'],
  ...['--use-auth-secret', '--static-auth-secret', secret, '--realm', 'foyer'],
];
