import type { WorkWindow } from './governor.ts';

/** Long enough for a mean, short enough to see a strain in time. */
const WINDOW_MS = 300;
/** What cameras do until they have shown what they do. */
const USUAL_GAP_MS = 1_000 / 30;

/** Adds up what happens to frames, window by window. Times are ms of one clock. */
export class WorkMeter {
  #startedAt: number;
  #sums = emptySums();
  #lastTimestampMs: number | null = null;
  #maskAskedAt: number | null = null;
  /** Of the latest window that had any. */
  #known = { frameGapMs: USUAL_GAP_MS, composeMs: 0, maskMs: 0 };

  constructor(now: number) {
    this.#startedAt = now;
  }

  maskAsked(now: number): void {
    this.#maskAskedAt = now;
  }

  maskArrived(now: number): void {
    if (this.#maskAskedAt === null) return;
    this.#sums.masks += 1;
    this.#sums.maskTookMs += now - this.#maskAskedAt;
    this.#sums.maskBusyMs += now - Math.max(this.#maskAskedAt, this.#startedAt);
    this.#maskAskedAt = null;
  }

  /** What was asked is not answered any more. */
  maskGivenUp(): void {
    this.#maskAskedAt = null;
  }

  /** A frame of the camera came; `timestampMs` is the camera's. */
  arrived(timestampMs: number): void {
    if (this.#lastTimestampMs !== null) {
      const gap = timestampMs - this.#lastTimestampMs;
      if (gap > 0) this.#sums.leastGapMs = Math.min(this.#sums.leastGapMs, gap);
    }
    this.#lastTimestampMs = timestampMs;
  }

  /** One frame is done; of `busyMs`, so much was waiting for its mask. */
  done(busyMs: number, maskWaitMs: number, isShown: boolean): void {
    this.#sums.frames += 1;
    this.#sums.busyMs += busyMs;
    this.#sums.composeMs += busyMs - maskWaitMs;
    if (isShown) this.#sums.shown += 1;
  }

  /** The window that is over by now, if one is. */
  take(now: number): WorkWindow | null {
    const lengthMs = now - this.#startedAt;
    if (lengthMs < WINDOW_MS) return null;
    const sums = this.#sums;
    const stillAsked =
      this.#maskAskedAt === null ? 0 : now - Math.max(this.#maskAskedAt, this.#startedAt);
    if (sums.frames > 0) this.#known.composeMs = sums.composeMs / sums.frames;
    if (sums.masks > 0) this.#known.maskMs = sums.maskTookMs / sums.masks;
    if (Number.isFinite(sums.leastGapMs)) this.#known.frameGapMs = sums.leastGapMs;
    this.#startedAt = now;
    this.#sums = emptySums();
    const { busyMs, shown, maskBusyMs } = sums;
    return { lengthMs, busyMs, shown, maskBusyMs: maskBusyMs + stillAsked, ...this.#known };
  }
}

function emptySums() {
  return {
    frames: 0,
    shown: 0,
    busyMs: 0,
    composeMs: 0,
    masks: 0,
    maskBusyMs: 0,
    maskTookMs: 0,
    leastGapMs: Number.POSITIVE_INFINITY,
  };
}
