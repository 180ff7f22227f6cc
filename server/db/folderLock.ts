import { readFileSync } from 'node:fs';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

const HolderSchema = v.object({
  pid: v.number(),
  host: v.string(),
  /** Tells a process from a later one with the same id, where the system can say. */
  startedAt: v.nullable(v.string()),
});
type Holder = v.InferOutput<typeof HolderSchema>;

export interface FolderLock {
  release(): Promise<void>;
}

const LOCK_FILE = 'foyer.lock';

/**
 * Takes a data folder for this process alone. PGlite has no lock of its own, and two processes on
 * one folder lose data silently. A lock is taken over only from a process that is surely dead.
 * The error is a sentence for the operator.
 */
export async function lockFolder(folder: string): Promise<Result<FolderLock, string>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, LOCK_FILE);
  const text = JSON.stringify(thisProcess());
  if (await writeNew(path, text)) return ok(heldLock(path, text));
  const found = await readFile(path, 'utf8').catch(() => '');
  const holder = decodeJson(HolderSchema, found);
  if (holder.ok && mayLive(holder.value)) return fail(inUse(folder, path, holder.value));
  const stolen = await takeAway(path, found);
  if (stolen && (await writeNew(path, text))) return ok(heldLock(path, text));
  return fail(`Another server is just starting on ${folder}. Stop one of them.`);
}

function heldLock(path: string, text: string): FolderLock {
  return {
    async release() {
      const current = await readFile(path, 'utf8').catch(() => null);
      if (current === text) await rm(path, { force: true });
    },
  };
}

async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Of several that find the same dead lock, one succeeds; a living lock taken by mistake goes back. */
async function takeAway(path: string, expected: string): Promise<boolean> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return false;
  }
  const taken = await readFile(aside, 'utf8');
  if (taken !== expected) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  return taken === expected;
}

function thisProcess(): Holder {
  return { pid: process.pid, host: hostname(), startedAt: startOf(process.pid) };
}

function mayLive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  return isRunning(holder.pid) && startOf(holder.pid) === holder.startedAt;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Field 22 of Linux's /proc/PID/stat, with the boot it counts from; null elsewhere. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot} ${afterName[19]}`;
  } catch {
    return null;
  }
}

function inUse(folder: string, path: string, { pid, host }: Holder): string {
  if (host === hostname()) {
    return `The data folder ${folder} is in use by process ${pid}. Stop that server, or choose another folder with FOYER_DATA.`;
  }
  return `The data folder ${folder} was last used by process ${pid} on ${host}. If that machine or container is gone for good, delete ${path} and start again.`;
}
