import type { SegmenterOrder, SegmenterReport } from './messages.ts';
import { restartDelay } from './restartDelay.ts';

export type SegmenterState =
  | { readonly at: 'idle' }
  | { readonly at: 'loading'; readonly loaded: number }
  | { readonly at: 'ready' }
  | { readonly at: 'failed' };

/** Loading takes about 0.5 s from the extension's own files; after this it hangs. */
const LOADING_HANGS_MS = 20_000;
/** Kept so long for the next switch-on or camera, then let go with all its memory. */
const KEPT_MS = 5_000;

/** Keeps a worker with the network alive while somebody holds it, and restarts it when it fails. */
export class SegmenterHost {
  readonly #files: string;
  readonly #changed: (state: SegmenterState) => void;
  readonly #failures: number[] = [];
  #state: SegmenterState = { at: 'idle' };
  #worker: Worker | null = null;
  #holders = 0;
  /** Ends a worker that hangs, or starts the next one. */
  #restarting: ReturnType<typeof setTimeout> | undefined;
  #lettingGo: ReturnType<typeof setTimeout> | undefined;

  /** @param files address of the folder with blur's files, with a slash at its end */
  constructor(files: string, changed: (state: SegmenterState) => void) {
    this.#files = files;
    this.#changed = changed;
  }

  get state(): SegmenterState {
    return this.#state;
  }

  /** Somebody needs masks until the signal. */
  hold(signal: AbortSignal): void {
    this.#holders += 1;
    signal.addEventListener('abort', () => this.#letGo(), { once: true });
    clearTimeout(this.#lettingGo);
    if (this.#worker === null) this.#start();
  }

  /** A port that answers with masks, once the state is *ready*. */
  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const order: SegmenterOrder = { type: 'serve', port: port2 };
    this.#worker?.postMessage(order, [port2]);
    return port1;
  }

  /** The worker does not do what it should: another one takes its place, unless that fails too often. */
  replace(): void {
    this.#end();
    if (this.#holders === 0) return this.#change({ at: 'idle' });
    const now = performance.now();
    this.#failures.push(now);
    const delay = restartDelay(this.#failures, now);
    if (delay === null) return this.#change({ at: 'failed' });
    this.#change({ at: 'loading', loaded: 0 });
    this.#restarting = setTimeout(() => this.#start(), delay);
  }

  /** The person asks for another try. */
  retry(): void {
    this.#failures.length = 0;
    if (this.#state.at === 'failed' && this.#holders > 0) this.#start();
  }

  #letGo(): void {
    this.#holders -= 1;
    if (this.#holders > 0) return;
    this.#lettingGo = setTimeout(() => {
      this.#end();
      this.#change({ at: 'idle' });
    }, KEPT_MS);
  }

  #start(): void {
    this.#end();
    const worker = new Worker(new URL('./segmenterWorker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<SegmenterReport>) => this.#heard(data);
    worker.onerror = () => this.replace();
    const order: SegmenterOrder = { type: 'load', files: this.#files };
    worker.postMessage(order);
    this.#restarting = setTimeout(() => this.replace(), LOADING_HANGS_MS);
    this.#change({ at: 'loading', loaded: 0 });
  }

  #heard(report: SegmenterReport): void {
    switch (report.type) {
      case 'progress':
        return this.#change({ at: 'loading', loaded: report.loaded });
      case 'ready':
        clearTimeout(this.#restarting);
        return this.#change({ at: 'ready' });
      case 'failed':
        console.warn(`Background blur restarts: ${report.reason}`);
        return this.replace();
    }
  }

  #end(): void {
    clearTimeout(this.#restarting);
    this.#worker?.terminate();
    this.#worker = null;
  }

  #change(state: SegmenterState): void {
    this.#state = state;
    this.#changed(state);
  }
}
