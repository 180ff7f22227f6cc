import { assertNever } from '../../../shared/assertNever.ts';
import { FrameProcessor, type Outcome } from './frameProcessor.ts';
import { Governor } from './governor.ts';
import type { PumpOrder, PumpReport } from './messages.ts';
import { QUALITIES, type QualityLevel } from './quality.ts';
import { WorkMeter } from './workMeter.ts';

/**
 * The network answers within 0.1 s, on an overloaded machine within one or two; after this it is gone.
 * Frames are neutral long before.
 */
const MASK_MISSING_MS = 4_000;

type Start = Extract<PumpOrder, { type: 'start' }>;

/**
 * Carries frames from the camera to the track that leaves, one at a time, in the camera's own time.
 * Every frame that leaves was made here: on whatever goes wrong, a neutral one.
 */
export class FramePump {
  readonly #processor: FrameProcessor;
  readonly #meter: WorkMeter;
  readonly #fixed: QualityLevel | null;
  readonly #report: (report: PumpReport) => void;
  readonly #now: () => number;
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>;
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>;
  #governor = new Governor();
  #isTooSlow = false;
  #passesThrough = false;
  #masksAreMissing = false;
  #said = '';
  #count = 0;

  constructor(start: Start, report: (report: PumpReport) => void, now: () => number) {
    this.#meter = new WorkMeter(now());
    this.#processor = new FrameProcessor(start.wall, start.look, this.#meter, now);
    this.#fixed = start.fixedQuality;
    this.#report = report;
    this.#now = now;
    this.#reader = start.frames.getReader();
    this.#writer = start.written.getWriter();
  }

  order(order: Exclude<PumpOrder, { type: 'start' }>): void {
    switch (order.type) {
      case 'masks':
        this.#masksAreMissing = false;
        return this.#processor.connect(order.port);
      case 'look':
        this.#processor.look = order.look;
        return;
      case 'passThrough':
        this.#passesThrough = order.allowed;
        return;
      case 'tryAgain':
        this.#governor = new Governor();
        this.#isTooSlow = false;
        return;
      case 'ping':
        return this.#report({ type: 'alive' });
      case 'stop':
        // A frame that is being worked on must not keep the camera.
        this.#processor.connect(null);
        void this.#reader.cancel();
        return;
      default:
        return assertNever(order);
    }
  }

  /** Runs until the camera or the track that leaves ends, or the order to stop comes. */
  async run(): Promise<void> {
    let goesOn = true;
    while (goesOn) {
      const { done, value: frame } = await this.#reader.read();
      if (done) break;
      const start = this.#now();
      try {
        const outcome = await this.#outcome(frame);
        if (outcome) goesOn = await this.#send(outcome, start);
      } finally {
        frame.close();
      }
      this.#judge();
    }
    await this.#reader.cancel();
    await this.#writer.close().catch(() => undefined);
    this.#report({ type: 'stopped' });
  }

  get #level(): QualityLevel {
    return this.#fixed ?? this.#governor.level;
  }

  /** Null for a frame that is left out. */
  async #outcome(frame: VideoFrame): Promise<Outcome | null> {
    this.#meter.arrived(frame.timestamp / 1_000);
    if (this.#passesThrough) return { frame: frame.clone(), showing: 'passed', maskWaitMs: 0 };
    const quality = QUALITIES[this.#level];
    this.#count += 1;
    if (this.#count % quality.frameEvery !== 0) return null;
    if (this.#isTooSlow) return this.#processor.neutral(frame);
    try {
      return await this.#processor.process(frame, quality);
    } catch {
      // The frame could not be read or made anew; what it shows must not leave.
      return this.#processor.neutral(frame);
    }
  }

  /** False once nobody takes the frames any more. */
  async #send({ frame, showing, maskWaitMs }: Outcome, start: number): Promise<boolean> {
    try {
      await this.#writer.write(frame);
    } catch {
      frame.close();
      return false;
    }
    this.#meter.done(this.#now() - start, maskWaitMs, showing === 'processed');
    const said = `${showing} ${this.#level}`;
    if (said !== this.#said) this.#report({ type: 'showing', showing, level: this.#level });
    this.#said = said;
    return true;
  }

  #judge(): void {
    if (this.#processor.masks.waitingMs > MASK_MISSING_MS && !this.#masksAreMissing) {
      this.#masksAreMissing = true;
      this.#report({ type: 'masksMissing' });
    }
    const window = this.#meter.take(this.#now());
    const isAtWork = this.#processor.masks.isThere && !this.#passesThrough && !this.#isTooSlow;
    if (window === null || this.#fixed !== null || !isAtWork) return;
    if (this.#governor.observe(window) !== 'tooSlow') return;
    this.#isTooSlow = true;
    this.#report({ type: 'tooSlow' });
  }
}
