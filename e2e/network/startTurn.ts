import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCommand, type RunningCommand } from '../server/startCommand.ts';
import { PUBLIC_ADDRESS } from './layNetwork.ts';

const SECRET = 'between-two-homes';

/** As `FOYER_ICE_SERVERS` wants it. */
export const STUN_SERVER: { readonly urls: readonly string[] } = {
  urls: [`stun:${PUBLIC_ADDRESS}:3478`],
};

/** The server's settings for it: over UDP, and over TCP for those whose network lets no UDP out. */
export const TURN_SETTINGS = {
  TURN_COTURN_URLS: ['udp', 'tcp']
    .map((transport) => `turn:${PUBLIC_ADDRESS}:3478?transport=${transport}`)
    .join(','),
  TURN_COTURN_SECRET: SECRET,
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
      ...['--use-auth-secret', '--static-auth-secret', SECRET, '--realm', 'foyer'],
      ...['--pidfile', `${own}.turn.pid`, '--userdb', `${own}.turn.db`],
    ],
    // Its last word before it serves.
    readyWord: (line) => (line.includes('SQLite DB connection success') ? true : null),
  });
}
