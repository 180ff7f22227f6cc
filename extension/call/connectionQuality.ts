import type { Millis } from '../../shared/ids.ts';
import { grownBy, type RtcSample } from './rtcSample.ts';

export type QualityLevel = 'good' | 'fair' | 'poor';

/**
 * How a call holds up, and what suffers: what comes in, what goes out, or the patience of both.
 * `none` with `good` only.
 */
export interface ConnectionQuality {
  readonly level: QualityLevel;
  readonly trouble: 'none' | 'incoming' | 'outgoing' | 'delay';
}

export interface QualityState {
  readonly shown: ConnectionQuality;
  /** What the measures say when it is not what is shown, and since when. */
  readonly leaning: (ConnectionQuality & { readonly since: Millis }) | null;
  /** The last `WINDOW_MS`, as far as nothing was cut off. */
  readonly steps: readonly Step[];
  /** When nothing at all came for the last time; null if ever something did. */
  readonly cutOffAt: Millis | null;
}

interface Step {
  readonly sample: RtcSample;
  /** How long the picture stood still since the step before. */
  readonly frozenMs: Millis;
  readonly pictureDue: boolean;
  readonly moved: boolean;
}

const WINDOW_MS: Millis = 10_000;
/** So long after an outage its losses are still being counted and its gap being filled. */
const AFTERMATH_MS: Millis = 3_000;
const GOOD: ConnectionQuality = { level: 'good', trouble: 'none' };

/** Words must not flicker: worse is believed soon, better only when it lasts. */
const WORSE_AFTER_MS: Millis = 2_000;
const BETTER_AFTER_MS: Millis = 5_000;

/** From `fair` on, from `poor` on. */
type Bar = readonly [fair: number, poor: number];
/** Opus hides single losses; from about a tenth on, words are missing. */
const LOSS: Bar = [0.03, 0.1];
/** Both ways; ITU-T G.114: 150 ms each way go unnoticed, 400 ms are the end of a conversation. */
const ROUND_TRIP_MS: Bar = [300, 800];
const FROZEN_MS: Bar = [500, 2_000];
/** Bits a second to spare for each other: a small picture needs about 150 k, sound alone 50 k. */
const NARROW_BITRATE: Bar = [150_000, 60_000];
/** Fewer packets tell nothing about a share. */
const ENOUGH_PACKETS = 50;

/**
 * An outage has words of its own (`CallStatus`); what is measured here begins anew after it.
 *
 * @param pictureDue whether the partner's camera is on as far as is known
 */
export function qualityStep(
  before: QualityState | null,
  sample: RtcSample,
  pictureDue: boolean,
): QualityState {
  const last = before?.steps.at(-1);
  const shown = before?.shown ?? GOOD;
  const cutOffAt = isCutOff(last?.sample, sample) ? sample.at : (before?.cutOffAt ?? null);
  if (cutOffAt !== null && sample.at - cutOffAt < AFTERMATH_MS) {
    return { shown, leaning: null, steps: [nextStep(undefined, sample, pictureDue)], cutOffAt };
  }
  const steps = [...(before?.steps ?? []), nextStep(last, sample, pictureDue)].filter(
    (step) => sample.at - step.sample.at <= WINDOW_MS,
  );
  return { ...judged(before, shown, steps, sample.at), steps, cutOffAt };
}

function isCutOff(before: RtcSample | undefined, now: RtcSample): boolean {
  return before !== undefined && grownBy(before.bytesReceived, now.bytesReceived) === 0;
}

function judged(
  before: QualityState | null,
  shown: ConnectionQuality,
  steps: readonly Step[],
  now: Millis,
): Pick<QualityState, 'shown' | 'leaning'> {
  const measured = measure(steps);
  if (isSame(measured, shown)) return { shown, leaning: null };
  const leaning =
    before?.leaning && isSame(before.leaning, measured)
      ? before.leaning
      : { ...measured, since: now };
  const patience = rank(measured.level) > rank(shown.level) ? WORSE_AFTER_MS : BETTER_AFTER_MS;
  return now - leaning.since >= patience ? { shown: measured, leaning: null } : { shown, leaning };
}

function isSame(one: ConnectionQuality, other: ConnectionQuality): boolean {
  return one.level === other.level && one.trouble === other.trouble;
}

function nextStep(before: Step | undefined, sample: RtcSample, pictureDue: boolean): Step {
  const was = before?.sample.videoIn;
  const is = sample.videoIn;
  const moved = grownBy(was?.framesDecoded ?? 0, is?.framesDecoded ?? 0) > 0;
  if (!before || !is || !pictureDue || !before.pictureDue) {
    return { sample, frozenMs: 0, pictureDue, moved: true };
  }
  const lasted = sample.at - before.sample.at;
  // The browser counts a freeze once it is over; one that began before has been counted here.
  const counted = before.moved ? grownBy(was?.frozenMs ?? 0, is.frozenMs) : 0;
  return { sample, frozenMs: moved ? Math.min(counted, lasted) : lasted, pictureDue, moved };
}

function measure(steps: readonly Step[]): ConnectionQuality {
  const incoming = Math.max(
    rankOf(incomingLoss(steps), LOSS),
    rankOf(
      steps.reduce((total, { frozenMs }) => total + frozenMs, 0),
      FROZEN_MS,
    ),
  );
  const outgoing = Math.max(
    rankOf(
      mean(steps, (sample) => reportedLoss(sample)),
      LOSS,
    ),
    narrowness(mean(steps, ({ path }) => path?.availableOutgoingBitrate ?? null)),
  );
  const delay = rankOf(
    mean(steps, ({ path }) => path?.roundTripMs ?? null),
    ROUND_TRIP_MS,
  );
  const worst = Math.max(incoming, outgoing, delay);
  if (worst === 0) return GOOD;
  const level = worst === 1 ? 'fair' : 'poor';
  if (incoming === worst) return { level, trouble: 'incoming' };
  return { level, trouble: outgoing === worst ? 'outgoing' : 'delay' };
}

function incomingLoss(steps: readonly Step[]): number | null {
  const first = steps[0]?.sample;
  const last = steps.at(-1)?.sample;
  if (!first || !last) return null;
  let lost = 0;
  let arrived = 0;
  for (const kind of ['videoIn', 'audioIn'] as const) {
    const from = first[kind];
    const to = last[kind];
    if (!from || !to) continue;
    lost += Math.max(0, to.packetsLost - from.packetsLost);
    arrived += grownBy(from.packets, to.packets);
  }
  return lost + arrived < ENOUGH_PACKETS ? null : lost / (lost + arrived);
}

function reportedLoss({ videoOut, audioOut }: RtcSample): number | null {
  const told = [videoOut?.reportedLoss, audioOut?.reportedLoss].filter((loss) => loss != null);
  return told.length === 0 ? null : Math.max(...told);
}

function mean(steps: readonly Step[], of: (sample: RtcSample) => number | null): number | null {
  const told = steps.map(({ sample }) => of(sample)).filter((value) => value !== null);
  return told.length === 0 ? null : told.reduce((total, value) => total + value, 0) / told.length;
}

/** 0 good, 1 fair, 2 poor; what is not known is good. */
function rankOf(value: number | null, [fair, poor]: Bar): number {
  if (value === null || value < fair) return 0;
  return value < poor ? 1 : 2;
}

function narrowness(bitrate: number | null): number {
  const [fair, poor] = NARROW_BITRATE;
  if (bitrate === null || bitrate >= fair) return 0;
  return bitrate >= poor ? 1 : 2;
}

function rank(level: QualityLevel): number {
  return ['good', 'fair', 'poor'].indexOf(level);
}
