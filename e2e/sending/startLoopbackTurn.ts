import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand } from '../server/startCommand.ts';

/** A real coturn on this machine alone. */
export interface LoopbackTurn {
  /** No other address of this machine: what is seen of it is the relay's. */
  readonly address: string;
  /** `FOYER_ICE_SERVERS`. */
  readonly iceServers: string;
  stop(): Promise<void>;
}

const ADDRESS = '127.0.0.2';
const PORT = '34780';
const USER = { username: 'foyer', credential: 'between-two-homes' };

export async function startLoopbackTurn(): Promise<LoopbackTurn> {
  const folder = await mkdtemp(join(tmpdir(), 'turn-'));
  const running = await startCommand({
    command: 'turnserver',
    args: [
      ...['-n', '--log-file', 'stdout', '--simple-log', '--no-cli', '--no-tls', '--no-dtls'],
      ...['--listening-ip', ADDRESS, '--relay-ip', ADDRESS, '--allow-loopback-peers'],
      ...['--listening-port', PORT, '--min-port', '50300', '--max-port', '50400'],
      ...['--lt-cred-mech', '--user', `${USER.username}:${USER.credential}`, '--realm', 'foyer'],
      ...['--pidfile', join(folder, 'pid'), '--userdb', join(folder, 'db')],
    ],
    // Its last word before it serves.
    readyWord: (line) => (line.includes('SQLite DB connection success') ? true : null),
  });
  return {
    address: ADDRESS,
    iceServers: JSON.stringify([{ urls: [`turn:${ADDRESS}:${PORT}?transport=udp`], ...USER }]),
    stop: async () => {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
