import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process's resident memory now, kB. */
export async function residentMemory(pid: number): Promise<number> {
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout);
  }
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, size] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  if (size === undefined) throw new Error(`Process ${pid} has no resident memory.`);
  return Number(size);
}
