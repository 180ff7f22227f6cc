import type { Millis } from '../../../shared/ids.ts';
import type { MediaState } from '../../../shared/protocol/fields.ts';
import { grownBy, type RtcSample } from '../../call/rtcSample.ts';
import type { Verdict } from '../../call/verdict.ts';

/** What the partner said last, by the lobby or the call itself; null until then. */
export type PartnerReport = Pick<MediaState, 'camera' | 'microphone' | 'deaf'> | null;

/** What the judge knows after a sample. */
export interface Judgement {
  readonly verdict: Verdict;
  /** How soon the next sample should be taken, ms. */
  readonly lookAgainInMs: Millis;
  readonly memory: Memory;
}

interface Memory {
  readonly sample: RtcSample;
  /** When the last byte, video packet and decoded picture came, as exactly as is known. */
  readonly heardAt: Millis;
  readonly videoPacketAt: Millis;
  readonly pictureAt: Millis;
  /** When bytes came again after a network stall; null before the first. */
  readonly recoveredAt: Millis | null;
  /** Since when the partner says that nothing arrives there; null while it does. */
  readonly deafSince: Millis | null;
}

/**
 * Sound alone comes 50 times a second, also from a muted microphone: this much silence of the whole
 * transport is no accident at 2 % loss, nor at 30 %.
 */
const STALL_MS: Millis = 1_000;
/** Ten sound packets in a row. Harmless by itself, and a reason to look again soon. */
const DOUBT_MS: Millis = 200;
/** Video packets come, and no picture for this long: below 1 fps nothing but a stall is left. */
const NO_PICTURE_MS: Millis = 1_000;
/** No video packet for this long: no encoder pauses so long by itself. */
const STOPPED_MS: Millis = 1_500;
/** Video packets within this time count as coming. */
const COMING_MS: Millis = 750;
/** What was kept in the lobby comes together: that nothing arrived, and that all does again. */
const DEAF_MS: Millis = 250;
/** After an outage the sender may need about 3 s until it sends pictures again. */
const RECOVERY_MS: Millis = 4_000;
/** Nobody looked for this long (a machine that slept), so nothing is known of that time. */
const BLIND_MS: Millis = 3_000;

const CALM_POLL_MS: Millis = 1_000;
const DOUBT_POLL_MS: Millis = 250;

/**
 * Judges the newest sample by what is known from those before.
 *
 * A network stall is found at most `DOUBT_MS` + `CALM_POLL_MS` = 1.2 s after the last byte: a calm
 * look either sees `DOUBT_MS` of silence and looks again just when `STALL_MS` are full, or the next
 * calm look sees it all. That takes the time of the last packet from the browser's statistics; where
 * they lack it, every look is one of doubt, and a stall is found within `STALL_MS` + 250 ms.
 */
export function judge(before: Judgement | null, sample: RtcSample, said: PartnerReport): Judgement {
  const memory = remember(before, sample, said);
  const verdict = verdictOf(memory, said, before?.verdict ?? { kind: 'flowing' });
  return { verdict, memory, lookAgainInMs: nextLook(memory, verdict) };
}

function remember(before: Judgement | null, sample: RtcSample, said: PartnerReport): Memory {
  const { at } = sample;
  const past = before?.memory;
  const deafSince = said?.deaf === true ? (past?.deafSince ?? at) : null;
  if (!past || at - past.sample.at > BLIND_MS) {
    return { sample, heardAt: at, videoPacketAt: at, pictureAt: at, recoveredAt: null, deafSince };
  }
  const videoBefore = past.sample.videoIn;
  const grew = (counter: 'packets' | 'framesDecoded') =>
    grownBy(videoBefore?.[counter] ?? 0, sample.videoIn?.[counter] ?? 0) > 0;
  const heardAt = lastHeard(past, sample);
  const recovered = before.verdict.kind === 'networkStall' && at - heardAt < STALL_MS;
  return {
    sample,
    heardAt,
    videoPacketAt: grew('packets') ? at : past.videoPacketAt,
    pictureAt: grew('framesDecoded') ? at : past.pictureAt,
    recoveredAt: recovered ? at : past.recoveredAt,
    deafSince,
  };
}

function lastHeard(past: Memory, { at, bytesReceived, lastPacketAt }: RtcSample): Millis {
  if (grownBy(past.sample.bytesReceived, bytesReceived) === 0) return past.heardAt;
  return lastPacketAt === null ? at : Math.max(lastPacketAt, past.sample.at);
}

function verdictOf(memory: Memory, said: PartnerReport, before: Verdict): Verdict {
  const { at, videoIn } = memory.sample;
  if (at - memory.heardAt >= STALL_MS) return { kind: 'networkStall', since: memory.heardAt };
  const { deafSince, recoveredAt } = memory;
  // That an outage of both directions is over is said a little later than it is so.
  const recovering = recoveredAt !== null && at - recoveredAt < RECOVERY_MS;
  if (deafSince !== null && at - deafSince >= DEAF_MS && !recovering) {
    return { kind: 'deafPartner', since: deafSince };
  }
  if (said?.camera === false) return { kind: 'cameraOff' };
  return videoIn === null ? { kind: 'flowing' } : pictureVerdict(memory, before);
}

/** The connection lives and a picture is due. */
function pictureVerdict(memory: Memory, before: Verdict): Verdict {
  const { sample, pictureAt: since, videoPacketAt, recoveredAt } = memory;
  const { at } = sample;
  const recovering = recoveredAt !== null && since < recoveredAt && at - recoveredAt < RECOVERY_MS;
  if (recovering) return { kind: 'decoderStall', since };
  if (at - since < NO_PICTURE_MS) return { kind: 'flowing' };
  if (at - videoPacketAt < COMING_MS) return { kind: 'decoderStall', since };
  if (at - videoPacketAt >= STOPPED_MS) return { kind: 'senderStopped', since };
  const same = before.kind === 'decoderStall' || before.kind === 'senderStopped';
  return same ? { kind: before.kind, since } : { kind: 'flowing' };
}

function nextLook({ sample, heardAt, pictureAt, deafSince }: Memory, verdict: Verdict): Millis {
  if (deafSince !== null) return DOUBT_POLL_MS;
  if (verdict.kind !== 'flowing' && verdict.kind !== 'cameraOff') return DOUBT_POLL_MS;
  if (sample.lastPacketAt === null) return DOUBT_POLL_MS;
  const silentFor = sample.at - heardAt;
  if (silentFor >= DOUBT_MS) return Math.min(DOUBT_POLL_MS, STALL_MS - silentFor);
  const pictureDue = verdict.kind === 'flowing' && sample.videoIn !== null;
  return pictureDue && sample.at > pictureAt ? DOUBT_POLL_MS : CALM_POLL_MS;
}
