import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { endChild } from './endChild.ts';
import { freePort } from './freePort.ts';
import { processFamily } from './processFamily.ts';

type Running = ChildProcessByStdio<null, null, Readable>;

/** A PostgreSQL of the tests' own: in a folder that goes with it, on a free port of this machine. */
export interface PostgresServer {
  /** Of the database that comes with it; `newDatabase` makes others beside it. */
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Its processes live and do nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** After `kill`: on the same port and data. */
  start(): Promise<void>;
  /** Ends it for good and deletes its data. */
  close(): Promise<void>;
}

/** As root it would refuse to run; nobody's user and group are this on Debian and elsewhere. */
const NOBODY = { uid: 65_534, gid: 65_534 };
const READY = 'database system is ready to accept connections';
/** Until the processes of a killed server have noticed and let go of its memory. */
const START_TRIES = 50;

/**
 * @param programs the folder with `initdb` and `postgres`.
 * @param disk where its tables are, without its log; absent: beside it.
 */
export async function startPostgres(programs: string, disk?: string): Promise<PostgresServer> {
  const password = randomBytes(12).toString('hex');
  const folder = await mkdtemp(join(tmpdir(), 'foyer-postgres-'));
  const port = await freePort();
  const data = join(disk ?? folder, 'data');
  await createCluster(programs, { folder, data }, password);
  let running = await launch(programs, data, port);
  let frozen: readonly number[] = [];
  return {
    url: `postgres://foyer:${password}@127.0.0.1:${port}/postgres`,
    async kill() {
      // Its processes too: one that lives still serves what it has been sent.
      running.kill('SIGSTOP');
      for (const pid of processFamily(running.pid).slice(1)) endProcess(pid);
      await endChild(running, 'SIGKILL');
    },
    async start() {
      running = await launch(programs, data, port);
    },
    freeze() {
      frozen = processFamily(running.pid);
      for (const pid of frozen) process.kill(pid, 'SIGSTOP');
    },
    thaw() {
      for (const pid of frozen) process.kill(pid, 'SIGCONT');
    },
    async close() {
      await endChild(running, 'SIGQUIT');
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function createCluster(
  programs: string,
  { folder, data }: { readonly folder: string; readonly data: string },
  password: string,
): Promise<void> {
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  if (process.getuid?.() === 0) {
    for (const path of [folder, dirname(data), passwordFile])
      await chown(path, NOBODY.uid, NOBODY.gid);
  }
  const how = ['--username=foyer', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const where = [
    '-D',
    data,
    '--waldir',
    join(folder, 'log'),
    '--no-sync',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  const child = spawnAsNobody(join(programs, 'initdb'), [...where, ...how], folder);
  const said = collect(child);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${said()}`);
}

async function launch(programs: string, data: string, port: number): Promise<Running> {
  let said = '';
  for (let tries = 0; tries < START_TRIES; tries += 1) {
    const child = spawnAsNobody(
      join(programs, 'postgres'),
      [
        ...['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', ''],
        ...['-c', 'max_connections=200', '-c', 'shared_buffers=32MB'],
      ],
      data,
    );
    said = await untilReady(child);
    if (child.exitCode === null) return child;
    if (!said.includes('shared memory')) break;
  }
  throw new Error(`PostgreSQL does not start: ${said}`);
}

/** Settles when it is ready or has ended. */
async function untilReady(child: Running): Promise<string> {
  const said = collect(child);
  const ended = once(child, 'exit');
  while (child.exitCode === null && !said().includes(READY)) {
    await Promise.race([once(child.stderr, 'data'), ended]);
  }
  return said();
}

function spawnAsNobody(program: string, args: readonly string[], cwd: string): Running {
  const user = process.getuid?.() === 0 ? NOBODY : {};
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };
  return spawn(program, args, { ...user, cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** One that has ended by itself is none to end. */
function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function collect(child: Running): () => string {
  let text = '';
  child.stderr.on('data', (data) => (text += String(data)));
  return () => text;
}
