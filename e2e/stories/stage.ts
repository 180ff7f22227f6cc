import { fileURLToPath } from 'node:url';
import { launchViewer, type Viewer } from '../browser/launchViewer.ts';
import type { Person } from '../media/person.ts';
import { startFoyer, type FoyerServer } from '../server/startFoyer.ts';
import { startStreamSite, type StreamSite } from '../streamSite/startStreamSite.ts';

/** Everything a story plays on: a server, a stream site, and people with a browser each. */
export interface Stage<Viewers extends readonly Viewer[]> {
  readonly server: FoyerServer;
  readonly site: StreamSite;
  /** In the order of the people that were asked for. */
  readonly viewers: Viewers;
  /** What the pages of all viewers complained about so far. */
  problems(): readonly string[];
  close(): Promise<void>;
}

const EXTENSION_FOLDER = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));

interface Player extends Person {
  /** Says no to the browser's question for camera and microphone; otherwise yes. */
  readonly refusesDevices?: boolean;
  /** Has blocked camera and microphone in the browser's settings. */
  readonly blocksDevices?: boolean;
  /** A Y4M loop in the place of the person's own picture. */
  readonly camera?: Uint8Array;
}

type StageOf<People extends readonly Player[]> = Stage<{ readonly [Each in keyof People]: Viewer }>;

/** Every browser has the extension as it ships, told where the server is. */
export function openStage<People extends readonly Player[]>(
  ...people: People
): Promise<StageOf<People>> {
  return openStageWith({}, people);
}

/** The same with a server of other settings. */
export async function openStageWith<People extends readonly Player[]>(
  environment: Readonly<Record<string, string>>,
  people: People,
): Promise<StageOf<People>> {
  const site = await startStreamSite();
  const [server, ...viewers] = await Promise.all([
    startFoyer(environment),
    ...people.map((person) =>
      launchViewer({
        person,
        extensionFolder: EXTENSION_FOLDER,
        hosts: site.hosts,
        refusesDevices: person.refusesDevices === true,
        blocksDevices: person.blocksDevices === true,
        ...(person.camera ? { camera: person.camera } : {}),
      }),
    ),
  ]);
  for (const viewer of viewers) await viewer.setServer(server.url);
  return {
    server,
    site,
    viewers: viewers as { readonly [Each in keyof People]: Viewer },
    problems: () =>
      viewers.flatMap(({ person, problems }) => problems.map((text) => `${person.name}: ${text}`)),
    close: async () => {
      await Promise.all(viewers.map((viewer) => viewer.close()));
      await Promise.all([server.close(), site.stop()]);
    },
  };
}
