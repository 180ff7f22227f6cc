import type { Millis } from '../../../shared/ids.ts';
import { LOWEST_MOVING, RUNGS, SOUND_ALONE, STRAINS, TRICKLE, type Rung } from './rungs.ts';
import type { SendingSample } from './sendingSample.ts';

/** Where a sender stands, and what it has noticed on the way. */
export interface Ladder {
  /** Index into RUNGS: what the way to the partner carries. */
  readonly step: number;
  /** Index into STRAINS: what the machine keeps up with. */
  readonly strain: number;
  /** Offers the way more than this step needs for a moment, to see whether it takes it. */
  readonly feeling: boolean;
  readonly memory: Memory;
}

interface Memory {
  readonly startedAt: Millis;
  readonly changedAt: Millis;
  readonly feltAt: Millis;
  /** The shortest round trip so far: the way without a queue on it. */
  readonly shortestTripMs: Millis;
  /** The best estimate of late, and when it was made. */
  readonly peak: number;
  readonly peakAt: Millis;
  /** Samples in a row that speak for a higher step, and for a lower one. */
  readonly calm: number;
  readonly trouble: number;
  /** Since when the machine falls behind, or has kept up. */
  readonly strainedSince: Millis | null;
  readonly relievedSince: Millis | null;
}

/** The browser's estimate begins at 300 kbit/s and grows within this time: it says nothing before. */
const BEGINNING_MS: Millis = 2_000;
/** A queue this much longer than the way itself is felt in a conversation. */
const QUEUE_MS: Millis = 400;
/** After so sudden a fall, what was sent meanwhile stands in a queue that no round trip shows yet. */
const SUDDEN_FALL = 0.3;
const SUDDEN_MS: Millis = 3_000;
/** Browsers measure the round trip every 2.5 s: sound alone lasts until there is a new one. */
const DRAIN_MS: Millis = 3_000;
/** A step is left when it is clearly too dear, and taken when it is clearly affordable. */
const LEAVE_BELOW = 0.9;
const TAKE_ABOVE = 1.1;
const CALM_SAMPLES = 2;
/** A probe may promise what the way does not keep (seen: 888 kbit/s of 200); the next one corrects it. */
const CLIMB_AT_MOST = 2;
const TROUBLED_SAMPLES = 3;
/** Without an estimate a quiet time is all there is to go by. */
const CALM_SAMPLES_UNTOLD = 8;
/** Loss without a queue: sending less would not cure it, so the picture goes on moving. */
const RANDOM_LOSS = 0.05;
const MUCH_LOSS = 0.15;
/** The way may widen at any moment, and 10 s later all is to be as before. */
const FEEL_EVERY_MS: Millis = 3_000;
const FEEL_FOR_MS: Millis = 1_500;
/** Chromium probes a way when more may be sent than before, up to twice as much. */
const FEEL_AHEAD = 2;
/** The browser lowers the resolution by itself first; this long is not a passing moment. */
const STRAIN_MS: Millis = 3_000;
const RELIEF_MS: Millis = 20_000;
/** Below this share of the wanted frame rate a machine falls behind. */
const KEEPING_UP = 0.7;

export function startLadder(at: Millis): Ladder {
  const memory: Memory = {
    startedAt: at,
    changedAt: at,
    feltAt: at,
    shortestTripMs: Number.POSITIVE_INFINITY,
    peak: 0,
    peakAt: at,
    calm: 0,
    trouble: 0,
    strainedSince: null,
    relievedSince: null,
  };
  return { step: 0, strain: 0, feeling: false, memory };
}

/** What is to be sent on this ladder. */
export function rungOf({ step, strain, feeling }: Ladder): Rung {
  const rung = stepAt(step);
  const limit = STRAINS[strain];
  if (rung.video === null || limit === undefined) return rung;
  const { lines, framesPerSecond, maxBitrate } = rung.video;
  return {
    ...rung,
    video: {
      lines: Math.min(lines, limit.lines),
      framesPerSecond: Math.min(framesPerSecond, limit.framesPerSecond),
      maxBitrate: (feeling && stepAt(step - FEEL_AHEAD).video?.maxBitrate) || maxBitrate,
    },
  };
}

/** Takes a sample in. Says nothing about how often: see `SendingGovernor`. */
export function stepLadder(before: Ladder, sample: SendingSample): Ladder {
  const noticed = notice(before, sample);
  const step = nextStep(before.step, noticed, sample);
  const changed = step !== before.step;
  const memory = changed
    ? { ...noticed.memory, changedAt: sample.at, calm: 0, trouble: 0 }
    : noticed.memory;
  const feeling = !changed && isFeeling(before, noticed, sample.at);
  const strained = withStrain(before, memory, sample);
  return {
    step,
    feeling,
    strain: strained.strain,
    memory: {
      ...strained.memory,
      feltAt: feeling && !before.feeling ? sample.at : memory.feltAt,
    },
  };
}

interface Noticed {
  readonly memory: Memory;
  readonly queueing: boolean;
  readonly fell: boolean;
  /** The highest step that is clearly affordable, as far as is known. */
  readonly affordable: number;
}

function notice({ step, memory }: Ladder, sample: SendingSample): Noticed {
  const { at, roundTripMs, availableBitrate, reportedLoss } = sample;
  const estimate = availableBitrate ?? 0;
  const isPeak = estimate >= memory.peak || at - memory.peakAt > SUDDEN_MS;
  const shortestTripMs = Math.min(memory.shortestTripMs, roundTripMs ?? Number.POSITIVE_INFINITY);
  const queueing = roundTripMs !== null && roundTripMs > shortestTripMs + QUEUE_MS;
  const lossy = availableBitrate === null && (reportedLoss ?? 0) > MUCH_LOSS;
  const affordable = availableBitrate === null ? step : stepFor(availableBitrate / TAKE_ABOVE);
  const climbs = !queueing && !lossy && (availableBitrate === null || affordable < step);
  return {
    memory: {
      ...memory,
      shortestTripMs,
      peak: isPeak ? estimate : memory.peak,
      peakAt: isPeak ? at : memory.peakAt,
      calm: climbs ? memory.calm + 1 : 0,
      trouble: queueing || lossy ? memory.trouble + 1 : 0,
    },
    queueing,
    fell: !isPeak && estimate < memory.peak * SUDDEN_FALL,
    affordable,
  };
}

function nextStep(step: number, noticed: Noticed, sample: SendingSample): number {
  const { memory, queueing, affordable } = noticed;
  const { at, availableBitrate } = sample;
  if (at - memory.startedAt < BEGINNING_MS) return step;
  if (step === SOUND_ALONE) {
    const drained = !queueing && at - memory.changedAt >= DRAIN_MS;
    return drained ? Math.min(affordable, TRICKLE) : SOUND_ALONE;
  }
  if (availableBitrate !== null && availableBitrate < stepAt(step).needs * LEAVE_BELOW)
    return Math.max(step, lowerStep(availableBitrate, noticed, sample));
  if (memory.trouble >= TROUBLED_SAMPLES) return step + 1;
  if (availableBitrate === null) return memory.calm >= CALM_SAMPLES_UNTOLD ? upFrom(step) : step;
  if (memory.calm < CALM_SAMPLES) return step;
  return Math.min(step, Math.max(affordable, step - CLIMB_AT_MOST));
}

/** Where an estimate leads that this step cannot live on. */
function lowerStep(estimate: number, { queueing, fell }: Noticed, sample: SendingSample): number {
  const step = stepFor(estimate);
  if (step <= LOWEST_MOVING) return step;
  if (queueing || fell) return SOUND_ALONE;
  return (sample.reportedLoss ?? 0) > RANDOM_LOSS ? LOWEST_MOVING : TRICKLE;
}

function isFeeling(before: Ladder, { memory, queueing }: Noticed, at: Millis): boolean {
  if (queueing || before.step === 0 || before.step === SOUND_ALONE) return false;
  if (before.feeling) return at - memory.feltAt < FEEL_FOR_MS;
  return at - Math.max(memory.changedAt, memory.feltAt) >= FEEL_EVERY_MS;
}

/** What the machine cannot keep up with costs resolution first, and frame rate last. */
function withStrain(
  before: Ladder,
  memory: Memory,
  { at, limitedBy, framesPerSecond }: SendingSample,
): Pick<Ladder, 'strain' | 'memory'> {
  const wanted = rungOf(before).video?.framesPerSecond ?? 0;
  const behind = limitedBy === 'cpu' && (framesPerSecond ?? wanted) < wanted * KEEPING_UP;
  const strainedSince = behind ? (memory.strainedSince ?? at) : null;
  const relievedSince = limitedBy === 'cpu' ? null : (memory.relievedSince ?? at);
  const { strain } = before;
  if (strainedSince !== null && at - strainedSince >= STRAIN_MS && strain < STRAINS.length - 1)
    return { strain: strain + 1, memory: { ...memory, strainedSince: at, relievedSince } };
  if (relievedSince !== null && at - relievedSince >= RELIEF_MS && strain > 0)
    return { strain: strain - 1, memory: { ...memory, strainedSince, relievedSince: at } };
  return { strain, memory: { ...memory, strainedSince, relievedSince } };
}

/** The highest step that so much bandwidth carries. */
function stepFor(bitrate: number): number {
  return RUNGS.findIndex(({ needs }) => needs <= bitrate);
}

function upFrom(step: number): number {
  return Math.max(0, step - 1);
}

function stepAt(step: number): Rung {
  const rung = RUNGS[Math.max(0, step)];
  if (rung === undefined) throw new Error(`The ladder has no step ${step}.`);
  return rung;
}
