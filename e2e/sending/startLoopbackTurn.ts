import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand } from '../server/startCommand.ts';

/** A real coturn on this machine alone. */
export interface LoopbackTurn {
  /** No other address of this machine: what is seen of it is the relay's. */
  readonly address: string;
  /** The server's settings for it. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const ADDRESS = '127.0.0.2';
const PORT = '34780';
const SECRET = 'between-two-homes';

export async function startLoopbackTurn(): Promise<LoopbackTurn> {
  const folder = await mkdtemp(join(tmpdir(), 'turn-'));
  const running = await startCommand({
    command: 'turnserver',
    args: [
      ...['-n', '--log-file', 'stdout', '--simple-log', '--no-cli', '--no-tls', '--no-dtls'],
      ...['--listening-ip', ADDRESS, '--relay-ip', ADDRESS, '--allow-loopback-peers'],
      ...['--listening-port', PORT, '--min-port', '50300', '--max-port', '50400'],
      ...['--use-auth-secret', '--static-auth-secret', SECRET, '--realm', 'foyer'],
      ...['--pidfile', join(folder, 'pid'), '--userdb', join(folder, 'db')],
    ],
    // Its last word before it serves.
    readyWord: (line) => (line.includes('SQLite DB connection success') ? true : null),
  });
  return {
    address: ADDRESS,
    settings: {
      TURN_COTURN_URLS: `turn:${ADDRESS}:${PORT}?transport=udp`,
      TURN_COTURN_SECRET: SECRET,
    },
    stop: async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
