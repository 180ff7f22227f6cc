import { QUALITIES, WORST_LEVEL, type Quality, type QualityLevel } from './quality.ts';

/** What was measured over a short while, all in ms. */
export interface WorkWindow {
  readonly lengthMs: number;
  /** Spent on frames; the rest was waiting for the camera. */
  readonly busyMs: number;
  /** While so long, the network was at work on a mask. */
  readonly maskBusyMs: number;
  /** Between two frames of the camera, at the least. */
  readonly frameGapMs: number;
  /** Mean for one frame, without waiting for a mask. */
  readonly composeMs: number;
  /** Mean for one mask, there and back. */
  readonly maskMs: number;
  /** Frames that left with the person on them. */
  readonly shown: number;
}

export type Verdict = { readonly level: QualityLevel } | 'tooSlow';

/** Above this share of the time, frames are being lost. */
const STRAINED_SHARE = 0.92;
/** A better level must leave so much room that the next disturbance does not undo it. */
const ROOMY_SHARE = 0.7;
/** Degrading twice stays within 2 s of the beginning of a strain. */
const STRAINED_FOR_MS = 900;
/** One quiet moment is no recovery; twice this and a relapse still stay within 5 s. */
const CALM_FOR_MS = 1_500;
/** After each relapse the next try waits twice as long, up to this. */
const LONGEST_CALM_MS = 24_000;
/** A quality held for so long has proved itself. */
const FORGIVEN_AFTER_MS = 60_000;
/** A return to strain so soon means that the last try was one too many. */
const RELAPSE_WITHIN_MS = 5_000;
/** Slower than this, a person on the picture is a slide show. */
const FEWEST_PER_SECOND = 8;
const GIVE_UP_AFTER_MS = 5_000;
/** A quarter of the pixels, and what does not depend on them. Measured. */
const SHRUNK_COST = 0.45;

/** Decides how much work the picture may take, by how the work goes. Pure: it knows no clock. */
export class Governor {
  #level: QualityLevel = 0;
  #strainedMs = 0;
  #calmMs = 0;
  #tooSlowMs = 0;
  #calmNeededMs = CALM_FOR_MS;
  #sinceRiseMs = Number.POSITIVE_INFINITY;

  get level(): QualityLevel {
    return this.#level;
  }

  observe(window: WorkWindow): Verdict {
    this.#sinceRiseMs += window.lengthMs;
    if (this.#sinceRiseMs > FORGIVEN_AFTER_MS) this.#calmNeededMs = CALM_FOR_MS;
    const strained = isStrained(window);
    this.#strainedMs = strained ? this.#strainedMs + window.lengthMs : 0;
    if (this.#strainedMs >= STRAINED_FOR_MS) this.#degrade();
    else this.#considerRise(window);
    const isSlow = strained && (window.shown * 1_000) / window.lengthMs < FEWEST_PER_SECOND;
    const isLast = this.#level === WORST_LEVEL;
    this.#tooSlowMs = isSlow && isLast ? this.#tooSlowMs + window.lengthMs : 0;
    return this.#tooSlowMs >= GIVE_UP_AFTER_MS ? 'tooSlow' : { level: this.#level };
  }

  #degrade(): void {
    this.#strainedMs = 0;
    this.#calmMs = 0;
    if (this.#sinceRiseMs <= RELAPSE_WITHIN_MS)
      this.#calmNeededMs = Math.min(LONGEST_CALM_MS, this.#calmNeededMs * 2);
    this.#level = levelAt(this.#level + 1);
  }

  #considerRise(window: WorkWindow): void {
    const best = levelAt(
      QUALITIES.findIndex((quality) => share(quality, this.#now, window) <= ROOMY_SHARE),
    );
    if (best >= this.#level) {
      this.#calmMs = 0;
      return;
    }
    this.#calmMs += window.lengthMs;
    if (this.#calmMs < this.#calmNeededMs) return;
    this.#calmMs = 0;
    this.#sinceRiseMs = 0;
    this.#level = best;
  }

  get #now(): Quality {
    return QUALITIES[this.#level];
  }
}

function isStrained({ busyMs, maskBusyMs, lengthMs }: WorkWindow): boolean {
  return Math.max(busyMs, maskBusyMs) > STRAINED_SHARE * lengthMs;
}

/** Which part of the time a quality would take, by what things cost at the quality of now. */
function share(wanted: Quality, now: Quality, window: WorkWindow): number {
  const factor = (wanted.shrink === 1 ? 1 : SHRUNK_COST) / (now.shrink === 1 ? 1 : SHRUNK_COST);
  const composeMs = window.composeMs * factor;
  const frameMs = window.frameGapMs * wanted.frameEvery;
  const pump = (composeMs + (wanted.waitsForMask ? window.maskMs : 0)) / frameMs;
  const network = window.maskMs / (frameMs * wanted.maskEvery);
  return Math.max(pump, network);
}

/** None found (−1) is the worst. */
function levelAt(index: number): QualityLevel {
  if (index < 0 || index >= WORST_LEVEL) return WORST_LEVEL;
  return index as QualityLevel;
}
