import { fileURLToPath } from 'node:url';
import { launchViewer, type Viewer } from '../browser/launchViewer.ts';
import { CAST } from '../media/cast.ts';
import { registerEvent } from '../organizer/registerEvent.ts';
import type { FoyerServer } from '../server/startFoyer.ts';
import type { HostName } from './layNetwork.ts';
import { openNetwork, type Network } from './openNetwork.ts';
import { watchConnections } from './page/watchConnections.ts';
import {
  PUBLIC_HOSTS,
  startServices,
  urlOf,
  type ServerName,
  type Services,
} from './startServices.ts';

/** Two people behind their routers, and everything of Foyer's that is public; each part is real. */
export interface Place {
  readonly network: Network;
  server(name: ServerName): FoyerServer;
  readonly turn: Services['turn'];
  viewer(host: HostName): Viewer;
  /** A new browser for somebody whose programs were ended. */
  relaunch(host: HostName): Promise<void>;
  close(): Promise<void>;
}

export const TALK = 'https://www.youtube.com/watch?v=FarAway_001';

const EXTENSION_FOLDER = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));
/** No story's call ends because its time is up. */
const CALL_SECONDS = 900;

export async function openPlace(...servers: readonly ServerName[]): Promise<Place> {
  const network = openNetwork();
  const stops: (() => Promise<void>)[] = [async () => network.close()];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const services = await startServices(network.namespaceOf('public'), servers);
    stops.push(() => services.stop());
    const viewers = await launchBoth(network);
    stops.push(async () => {
      await Promise.all(Object.values(viewers).map((viewer) => viewer.close()));
    });
    for (const name of servers) await registerTalk(urlOf(name), viewers.ada);
    return {
      network,
      server: services.server,
      turn: services.turn,
      viewer: (host) => viewers[host],
      relaunch: async (host) => {
        await viewers[host].close();
        viewers[host] = await launch(network, host);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function launchBoth(network: Network): Promise<Record<HostName, Viewer>> {
  const [ada, ben] = await Promise.all([launch(network, 'ada'), launch(network, 'ben')]);
  return { ada, ben };
}

async function launch(network: Network, host: HostName): Promise<Viewer> {
  const viewer = await launchViewer({
    person: CAST[host],
    extensionFolder: EXTENSION_FOLDER,
    namespace: network.namespaceOf(host),
    hosts: PUBLIC_HOSTS,
  });
  await viewer.context.addInitScript(watchConnections);
  return viewer;
}

/** From inside the network, because this process is not part of it. */
async function registerTalk(server: string, { worker }: Viewer): Promise<void> {
  const talk = { title: 'Far away', addresses: [{ url: TALK }], callSeconds: CALL_SECONDS };
  await registerEvent(server, talk, (url, body) =>
    worker.evaluate(
      async ([address, text]) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(address, { method: 'POST', headers, body: text });
        return (await response.json()) as unknown;
      },
      [url, body] as const,
    ),
  );
}
