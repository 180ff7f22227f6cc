import { EventEmitter, once } from 'node:events';
import { WebSocket } from 'ws';

/** Long enough for a noisy machine; nothing waits this long unless it is broken. */
const DEADLINE_MS = 5_000;

interface SocketOptions {
  readonly origin?: string | null;
  /** False: pings stay without an answer, as from a machine that fell asleep. */
  readonly autoPong?: boolean;
}

/** A real WebSocket that keeps all it received, for a test that waits for what it needs. */
export class ScriptedSocket {
  readonly frames: unknown[] = [];
  readonly #ws: WebSocket;
  readonly #changed = new EventEmitter();
  /** Null while open. */
  closeCode: number | null = null;

  private constructor(ws: WebSocket) {
    this.#ws = ws;
    this.#changed.setMaxListeners(0);
    ws.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      this.#changed.emit('change');
    });
    ws.on('close', (code) => {
      this.closeCode = code;
      this.#changed.emit('change');
    });
    ws.on('error', () => this.#changed.emit('change'));
  }

  static async open(url: string, options: SocketOptions = {}): Promise<ScriptedSocket> {
    const ws = newSocket(url, options);
    const socket = new ScriptedSocket(ws);
    await once(ws, 'open', { signal: AbortSignal.timeout(DEADLINE_MS) });
    return socket;
  }

  /** The HTTP status with which the upgrade is refused. */
  static async refusal(url: string, options: SocketOptions = {}): Promise<number | undefined> {
    const ws = newSocket(url, options);
    ws.on('error', () => ws.terminate());
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const [, response] = await once(ws, 'unexpected-response', { signal });
    ws.terminate();
    return response.statusCode;
  }

  send(frame: unknown): void {
    this.#ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  sendBytes(bytes: Uint8Array): void {
    this.#ws.send(bytes);
  }

  close(code?: number): void {
    this.#ws.close(code);
  }

  /** Reads nothing any more, pings included: the network's own buffers fill up. */
  stopReading(): void {
    this.#ws.pause();
  }

  readOn(): void {
    this.#ws.resume();
  }

  /** As when the network goes away: no close frame. */
  cut(): void {
    this.#ws.terminate();
  }

  /** Resolves with the first value that `find` finds, now or later. */
  async until<T>(what: string, find: () => T | undefined): Promise<T> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await once(this.#changed, 'change', { signal }).catch(() => {
        const received = JSON.stringify(this.frames.slice(-8));
        throw new Error(`Waited for ${what}; closed: ${this.closeCode}; last frames: ${received}`);
      });
    }
  }

  closed(): Promise<number> {
    return this.until('the close', () => this.closeCode ?? undefined);
  }
}

function newSocket(url: string, { origin, autoPong = true }: SocketOptions): WebSocket {
  const own = url.replace(/^ws/, 'http').split('/').slice(0, 3).join('/');
  return new WebSocket(url, origin === null ? { autoPong } : { autoPong, origin: origin ?? own });
}
