import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyDatabase } from '../../server/test/copyDatabase.ts';
import { startProcess, type RunningProcess } from './startProcess.ts';

/** The server as it ships: built, in a process of its own, with a data folder of its own. */
export interface FoyerServer {
  /** `http://127.0.0.1:PORT`; the same after a restart. */
  readonly url: string;
  /** The running process's id; it changes with a restart. */
  pid(): number;
  /** What all its processes logged so far. */
  logs(): readonly string[];
  /** Ends it and waits; `start` brings it back. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would; `start` brings it back. */
  crash(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it for good and deletes its data. */
  close(): Promise<void>;
}

const BUILT_SERVER = fileURLToPath(new URL('../../.output/server/main.mjs', import.meta.url));
/** The same from its source, with some of its times cut short. */
export const HASTY_SERVER = fileURLToPath(new URL('hastyServer.ts', import.meta.url));

/** In a network namespace it is reached from there only. */
export async function startFoyer(
  environment: Readonly<Record<string, string>> = {},
  namespace?: string,
  program = BUILT_SERVER,
): Promise<FoyerServer> {
  const data = await mkdtemp(join(tmpdir(), 'foyer-data-'));
  const launch = (port: string) =>
    startProcess({
      args: [program],
      namespace,
      env: { HOST: '127.0.0.1', LOG_LEVEL: 'info', ...environment, PORT: port, FOYER_DATA: data },
    });
  await copyDatabase(data);
  let running: RunningProcess | null = await launch(environment['PORT'] ?? '0');
  const { url } = running;
  const earlier: string[] = [];
  const end = async (how: 'stop' | 'kill') => {
    const ending = running;
    running = null;
    await ending?.[how]();
    earlier.push(...(ending?.lines ?? []));
  };
  return {
    url,
    pid: () => {
      if (running === null) throw new Error('The server is not running.');
      return running.pid;
    },
    logs: () => [...earlier, ...(running?.lines ?? [])],
    stop: () => end('stop'),
    crash: () => end('kill'),
    start: async () => {
      running ??= await launch(new URL(url).port);
    },
    close: async () => {
      await end('stop');
      await rm(data, { recursive: true, force: true });
    },
  };
}
