import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { copyDatabase } from './copyDatabase.ts';
import { freePort } from './freePort.ts';

/** Characters. */
const SAID_KEPT = 100_000;
const MAIN = join(import.meta.dirname, '..', 'main.ts');

/** The server as people start it, on a data folder, for a test that does it harm. */
export class FaultyServer {
  readonly url: string;
  readonly #port: number;
  readonly #folder: string;
  #child: ChildProcess | null = null;
  /** The last of what it wrote, of all its starts. */
  said = '';

  private constructor(port: number, folder: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#folder = folder;
  }

  static async start(folder: string): Promise<FaultyServer> {
    await copyDatabase(folder);
    const server = new FaultyServer(await freePort(), folder);
    await server.start();
    return server;
  }

  /** On the same port and data as before. */
  async start(): Promise<void> {
    const env = {
      ...process.env,
      ...{ PORT: String(this.#port), FOYER_DATA: this.#folder, LOG_LEVEL: 'info' },
      FOYER_RATE_PER_MINUTE: '1000000',
    };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const pipe of [child.stdout, child.stderr]) {
      pipe.on('data', (text) => {
        this.said = `${this.said}${String(text)}`.slice(-SAID_KEPT);
        if (String(text).includes('"listening"')) child.emit('listening');
      });
    }
    const ended = once(child, 'exit').then(() => {
      throw new Error(`The server ended: ${this.said.slice(-2_000)}`);
    });
    ended.catch(() => undefined);
    await Promise.race([once(child, 'listening'), ended]);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await exited;
  }
}
