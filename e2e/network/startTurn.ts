import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand, type RunningCommand } from '../server/startCommand.ts';
import { PUBLIC_ADDRESS } from './layNetwork.ts';

/** As `FOYER_ICE_SERVERS` wants them. */
interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

const USER = { username: 'foyer', credential: 'between-two-homes' };

export const STUN_SERVER: IceServer = { urls: [`stun:${PUBLIC_ADDRESS}:3478`] };

/** Over UDP, and over TCP for those whose network lets no UDP out. */
export const TURN_SERVER: IceServer = {
  urls: ['udp', 'tcp'].map((transport) => `turn:${PUBLIC_ADDRESS}:3478?transport=${transport}`),
  ...USER,
};

/** A real coturn on the public host. */
export function startTurn(namespace: string): Promise<RunningCommand<true>> {
  const own = join(tmpdir(), namespace);
  return startCommand({
    namespace,
    command: 'turnserver',
    args: [
      ...['-n', '--log-file', 'stdout', '--simple-log', '--no-cli', '--no-tls', '--no-dtls'],
      ...['--listening-ip', PUBLIC_ADDRESS, '--relay-ip', PUBLIC_ADDRESS],
      ...['--listening-port', '3478', '--min-port', '50000', '--max-port', '50200'],
      ...['--lt-cred-mech', '--user', `${USER.username}:${USER.credential}`, '--realm', 'foyer'],
      ...['--pidfile', `${own}.turn.pid`, '--userdb', `${own}.turn.db`],
    ],
    // Its last word before it serves.
    readyWord: (line) => (line.includes('SQLite DB connection success') ? true : null),
  });
}
