import type { Rgb } from './colour.ts';
import { createFrameTrack, framesOf } from './frameStreams.ts';
import { plainFrameOf } from './frameWriter.ts';
import type { Look } from './look.ts';
import type { PumpOrder, PumpReport } from './messages.ts';
import type { QualityLevel } from './quality.ts';

/** A worker that says nothing for two of these is gone. */
const PING_MS = 2_500;
/** The worker lets the camera's frames go within a frame; after this it is ended anyway. */
const STOPPING_MS = 1_000;
const USUAL_SIZE = { width: 640, height: 480 };

interface PumpSetup {
  readonly camera: MediaStreamTrack;
  readonly wall: Rgb;
  readonly look: Look;
  readonly fixedQuality: QualityLevel | null;
  heard(report: PumpReport): void;
  /** The worker is gone; its track shows its last frame, which was none of the raw ones. */
  broken(): void;
}

/** The worker that makes frames for one camera, and the track that shows them. Ends on the signal. */
export class PumpHost {
  readonly track: MediaStreamTrack;
  readonly #setup: PumpSetup;
  readonly #worker: Worker;
  #unanswered = 0;

  constructor(setup: PumpSetup, signal: AbortSignal) {
    this.#setup = setup;
    this.#worker = new Worker(new URL('./pumpWorker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<PumpReport>) => this.#heard(data, signal);
    this.#worker.onerror = () => this.#break(signal);
    const { track, writable } = createFrameTrack();
    this.track = track;
    this.#start(writable);
    const timer = setInterval(() => this.#ping(signal), PING_MS);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      this.#stop();
    });
  }

  tell(order: Exclude<PumpOrder, { type: 'start' }>, ...moved: Transferable[]): void {
    this.#worker.postMessage(order, moved);
  }

  #start(written: WritableStream<VideoFrame>): void {
    const { camera, wall, look, fixedQuality } = this.#setup;
    this.#showWall(written);
    const frames = framesOf(camera);
    const order: PumpOrder = { type: 'start', frames, written, wall, look, fixedQuality };
    this.#worker.postMessage(order, [frames, written]);
  }

  /** Before the worker runs, the partner's side has something to show that is not the room. */
  #showWall(written: WritableStream<VideoFrame>): void {
    const { width = USUAL_SIZE.width, height = USUAL_SIZE.height } =
      this.#setup.camera.getSettings();
    const writer = written.getWriter();
    void writer.write(plainFrameOf(this.#setup.wall, { width, height }, { timestamp: 0 }));
    writer.releaseLock();
  }

  #heard(report: PumpReport, signal: AbortSignal): void {
    if (report.type === 'alive') this.#unanswered = 0;
    else if (report.type === 'stopped') this.#worker.terminate();
    else if (!signal.aborted) this.#setup.heard(report);
  }

  #ping(signal: AbortSignal): void {
    if (this.#unanswered >= 2) return this.#break(signal);
    this.#unanswered += 1;
    this.tell({ type: 'ping' });
  }

  #break(signal: AbortSignal): void {
    this.#worker.terminate();
    if (!signal.aborted) this.#setup.broken();
  }

  #stop(): void {
    this.track.stop();
    this.tell({ type: 'stop' });
    setTimeout(() => this.#worker.terminate(), STOPPING_MS);
  }
}
