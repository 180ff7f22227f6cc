import type { Rgb } from './colour.ts';
import { Compositor } from './compositor.ts';
import { FrameReader, sizeOf } from './frameReader.ts';
import { frameFrom, plainFrame } from './frameWriter.ts';
import { halvePlanes } from './halvePlanes.ts';
import type { Look } from './look.ts';
import { MaskSource } from './maskSource.ts';
import type { Showing } from './messages.ts';
import { PersonMask } from './personMask.ts';
import type { Planes } from './planes.ts';
import type { Quality } from './quality.ts';
import type { WorkMeter } from './workMeter.ts';

/** The person of an older mask may have moved away from it, and the room would show. */
const OLDEST_MASK_MS = 600;

/** A frame waits no longer for its mask; usual is a tenth of it. */
const LONGEST_WAIT_MS = 400;

/** A frame to be sent, and what is on it. */
export interface Outcome {
  readonly frame: VideoFrame;
  readonly showing: Showing;
  readonly maskWaitMs: number;
}

/** Makes of each camera frame one that may leave: with a backdrop behind the person, or neutral. */
export class FrameProcessor {
  look: Look;
  readonly masks: MaskSource;
  readonly #wall: Rgb;
  readonly #now: () => number;
  readonly #meter: WorkMeter;
  readonly #reader = new FrameReader();
  readonly #compositor = new Compositor();
  readonly #mask = new PersonMask();
  /** When the picture of the latest mask was taken. */
  #maskAt = Number.NEGATIVE_INFINITY;
  #scene = '';
  #count = 0;

  constructor(wall: Rgb, look: Look, meter: WorkMeter, now: () => number) {
    this.#wall = wall;
    this.look = look;
    this.#meter = meter;
    this.#now = now;
    this.masks = new MaskSource(now, (mask, askedAt) => {
      meter.maskArrived(now());
      this.#mask.update(mask);
      this.#maskAt = askedAt;
    });
  }

  connect(port: MessagePort | null): void {
    this.#meter.maskGivenUp();
    this.masks.connect(port);
    this.#forget();
  }

  neutral(frame: VideoFrame): Outcome {
    return { frame: plainFrame(this.#wall, frame), showing: 'neutral', maskWaitMs: 0 };
  }

  async process(frame: VideoFrame, quality: Quality): Promise<Outcome> {
    if (!this.masks.isThere) return this.neutral(frame);
    const planes = await this.#reader.read(frame);
    this.#noticeScene(frame);
    const maskWaitMs = await this.#askForMask(planes, quality);
    if (this.#now() - this.#maskAt > OLDEST_MASK_MS) return { ...this.neutral(frame), maskWaitMs };
    const picture = quality.shrink === 2 ? halvePlanes(planes) : planes;
    this.#compositor.draw(picture, this.#mask, this.look);
    return { frame: frameFrom(picture, frame), showing: 'processed', maskWaitMs };
  }

  /** Returns how long the frame waited for its mask, ms. */
  async #askForMask(planes: Planes, quality: Quality): Promise<number> {
    const isTurn = this.#count % quality.maskEvery === 0;
    this.#count += 1;
    const asked = this.#now();
    if (quality.waitsForMask || this.#maskAt === Number.NEGATIVE_INFINITY) {
      await Promise.race([this.#ask(planes), pause(LONGEST_WAIT_MS)]);
      return this.#now() - asked;
    }
    if (isTurn) void this.#ask(planes);
    return 0;
  }

  #ask(planes: Planes): Promise<void> {
    if (!this.masks.isAsked) this.#meter.maskAsked(this.#now());
    return this.masks.ask(planes);
  }

  /** Another size is another camera or another cut of the room: no mask of before fits. */
  #noticeScene(frame: VideoFrame): void {
    const { width, height } = sizeOf(frame);
    const scene = `${width}x${height}`;
    if (scene !== this.#scene) this.#forget();
    this.#scene = scene;
  }

  #forget(): void {
    this.#mask.forget();
    this.#maskAt = Number.NEGATIVE_INFINITY;
  }
}

function pause(forMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, forMs));
}
