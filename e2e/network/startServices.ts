import { fileURLToPath } from 'node:url';
import { startFoyer, type FoyerServer } from '../server/startFoyer.ts';
import { startProcess } from '../server/startProcess.ts';
import { streamHostsAt } from '../streamSite/startStreamSite.ts';
import { PUBLIC_ADDRESS } from './layNetwork.ts';
import { startTurn, STUN_SERVER, TURN_SETTINGS } from './startTurn.ts';

/** Two servers that differ in what they tell of: STUN alone, or a relay as well. */
const SERVERS = {
  withoutTurn: {
    host: 'without-turn.foyer.example',
    front: 8443,
    port: 8787,
    relay: {},
  },
  withTurn: {
    host: 'with-turn.foyer.example',
    front: 8444,
    port: 8788,
    relay: TURN_SETTINGS,
  },
} as const;

export type ServerName = keyof typeof SERVERS;

/** All that runs on the public host. */
export interface Services {
  server(name: ServerName): FoyerServer;
  readonly turn: TurnServer;
  stop(): Promise<void>;
}

interface TurnServer {
  /** Ends it at once, as a power cut would. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

const SITE_PORT = 443;
const FRONT = fileURLToPath(new URL('frontProcess.ts', import.meta.url));

/** For browsers that map names: the stream site's, and each server's behind its TLS. */
export const PUBLIC_HOSTS: Readonly<Record<string, string>> = {
  ...streamHostsAt(`${PUBLIC_ADDRESS}:${SITE_PORT}`),
  ...Object.fromEntries(
    Object.values(SERVERS).map(({ host, front }) => [host, `${PUBLIC_ADDRESS}:${front}`]),
  ),
};

/** Where people find a server. */
export function urlOf(name: ServerName): string {
  return `https://${SERVERS[name].host}`;
}

/** Of the servers only those that a story needs: each takes seconds to open its database. */
export async function startServices(
  namespace: string,
  names: readonly ServerName[],
): Promise<Services> {
  const fronts = Object.values(SERVERS).map(({ front, port }) => `${front}:${port}`);
  const [started, front, firstTurn] = await Promise.all([
    Promise.all(names.map(async (name) => [name, await startServer(name, namespace)] as const)),
    startProcess({ namespace, args: [FRONT, PUBLIC_ADDRESS, String(SITE_PORT), ...fronts] }),
    startTurn(namespace),
  ]);
  const servers = new Map(started);
  let turn: typeof firstTurn | null = firstTurn;
  const endTurn = async (how: 'stop' | 'kill') => {
    const ending = turn;
    turn = null;
    await ending?.[how]();
  };
  return {
    server: (name) => {
      const server = servers.get(name);
      if (server === undefined) throw new Error(`The server ${name} was not started.`);
      return server;
    },
    turn: {
      crash: () => endTurn('kill'),
      start: async () => {
        turn ??= await startTurn(namespace);
      },
    },
    stop: async () => {
      const closing = started.map(([, server]) => server.close());
      await Promise.all([...closing, front.stop(), endTurn('stop')]);
    },
  };
}

function startServer(name: ServerName, namespace: string): Promise<FoyerServer> {
  const { port, relay } = SERVERS[name];
  return startFoyer(
    {
      PORT: String(port),
      FOYER_PUBLIC_URL: urlOf(name),
      FOYER_ICE_SERVERS: JSON.stringify([STUN_SERVER]),
      ...relay,
    },
    namespace,
  );
}
