import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild } from './endChild.ts';
import { freePort } from './freePort.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', 'docs', 'operation', 'nginx.conf');

export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/** The example of docs/operation, in front of nodes on these ports of this machine. */
export async function startNginx(program: string, nodePorts: [string, string]): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'foyer-nginx-'));
  const port = await freePort();
  const example = await readFile(EXAMPLE, 'utf8');
  const config = example
    .replaceAll(':8787', `:${nodePorts[0]}`)
    .replaceAll(':8788', `:${nodePorts[1]}`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('worker_processes auto;', 'worker_processes 1;');
  await writeFile(join(folder, 'nginx.conf'), config);
  const inFolder = `daemon off; pid ${folder}/pid; error_log stderr;`;
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', inFolder];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await endChild(child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
