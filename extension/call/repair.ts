import { assertNever } from '../../shared/assertNever.ts';
import type { Millis } from '../../shared/ids.ts';
import type { Verdict } from './verdict.ts';

/** What is being done about one incident: from the first stall until the call has flowed again. */
export type Repair =
  | { readonly at: 'well' }
  | {
      readonly at: 'repairing';
      /** When the incident's first stall began. */
      readonly since: Millis;
      /** Restarts that had a chance to reach the partner. */
      readonly restarts: number;
      readonly nextRestartAt: Millis;
      readonly keyframes: number;
      readonly nextKeyframeAt: Millis;
      /** Since when it flows again; null while it does not. */
      readonly flowingSince: Millis | null;
      readonly canSignal: boolean;
      /** Since when the lobby misses the partner as well; null while it does not. */
      readonly partnerGoneSince: Millis | null;
    }
  /** Nothing more is tried: the caller ends the call. */
  | { readonly at: 'givenUp' };

type Repairing = Extract<Repair, { at: 'repairing' }>;

export interface RepairInput {
  readonly verdict: Verdict;
  /** This machine's own way to the lobby is up, so that a restart can be negotiated. */
  readonly canSignal: boolean;
  /** False once the lobby said that the partner's link is gone as well. */
  readonly partnerLinkUp: boolean;
}

export type RepairAction = 'restartIce' | 'askKeyframe' | 'giveUp';

export interface RepairStep {
  readonly state: Repair;
  readonly actions: readonly RepairAction[];
  /** When to step again without news, on the clock of `now`; null: only news matter. */
  readonly nextAt: Millis | null;
}

export const WELL: Repair = { at: 'well' };

/** From each restart to the next; the first comes with the verdict, about 1 s after the last byte. */
const RESTART_PAUSES_MS = [3_500, 8_000] as const;
const MAX_RESTARTS = RESTART_PAUSES_MS.length + 1;
/** Even a link that comes and goes does not make restarts chase each other. */
const RESTART_SPACING_MS: Millis = 1_000;
/** On a narrow path key frames are the trouble themselves, so they are asked for ever more slowly. */
const KEYFRAME_PAUSES_MS = [1_000, 2_000, 4_000] as const;
/** A call that has flowed this long is well again; a later stall is another incident. */
const SETTLED_MS: Millis = 2_000;
/** An outage of 20 s still heals: the last restart's checks go on until here. */
const GIVE_UP_MS: Millis = 25_000;
/** The partner's machine closed its way to the lobby as well, so long ago: its browser is gone. */
const GIVE_UP_ALONE_MS: Millis = 10_000;
/** A closed socket is known at once; one that is only silent not before 2.5 s, and may heal. */
const CLOSED_WITHIN_MS: Millis = 2_000;

/** What to do now. To be called with every change of the input, and at `nextAt`. */
export function repairStep(state: Repair, input: RepairInput, now: Millis): RepairStep {
  if (state.at === 'givenUp') return { state, actions: [], nextAt: null };
  if (state.at === 'well' && !needsRepair(input.verdict)) {
    return { state, actions: [], nextAt: null };
  }
  const incident = state.at === 'well' ? begin(input, now) : withLink(state, input, now);
  const known = withPartner(incident, input, now);
  switch (input.verdict.kind) {
    case 'networkStall':
      return againstStall({ ...known, flowingSince: null }, input, input.verdict.since, now);
    case 'decoderStall':
      return againstMissingKeyframe({ ...known, flowingSince: null }, now);
    case 'deafPartner':
      // The partner restarts: who hears nothing knows best, and two offers would only cross.
      return { state: { ...known, flowingSince: null }, actions: [], nextAt: null };
    case 'flowing':
    case 'cameraOff':
    case 'senderStopped':
      return whileFlowing(known, now);
    default:
      return assertNever(input.verdict);
  }
}

function needsRepair({ kind }: Verdict): boolean {
  return kind === 'networkStall' || kind === 'decoderStall';
}

function begin({ verdict, canSignal }: RepairInput, now: Millis): Repairing {
  return {
    at: 'repairing',
    since: 'since' in verdict ? verdict.since : now,
    restarts: 0,
    nextRestartAt: now,
    keyframes: 0,
    nextKeyframeAt: now,
    flowingSince: null,
    canSignal,
    partnerGoneSince: null,
  };
}

function withPartner(state: Repairing, { partnerLinkUp }: RepairInput, now: Millis): Repairing {
  return { ...state, partnerGoneSince: partnerLinkUp ? null : (state.partnerGoneSince ?? now) };
}

/** A restart under which the link broke may never have been heard: it is due again, uncounted. */
function withLink(state: Repairing, { canSignal }: RepairInput, now: Millis): Repairing {
  if (canSignal === state.canSignal) return state;
  if (canSignal || state.restarts === 0) return { ...state, canSignal };
  return {
    ...state,
    canSignal,
    restarts: state.restarts - 1,
    nextRestartAt: now + RESTART_SPACING_MS,
  };
}

function againstStall(
  state: Repairing,
  { canSignal }: RepairInput,
  stalledSince: Millis,
  now: Millis,
): RepairStep {
  const endAt = giveUpAt(state, stalledSince);
  if (now >= endAt) return { state: { at: 'givenUp' }, actions: ['giveUp'], nextAt: null };
  const mayRestart = canSignal && state.restarts < MAX_RESTARTS;
  if (!mayRestart) return { state, actions: [], nextAt: endAt };
  if (now < state.nextRestartAt) {
    return { state, actions: [], nextAt: Math.min(endAt, state.nextRestartAt) };
  }
  const pause = RESTART_PAUSES_MS[state.restarts];
  const after = {
    ...state,
    restarts: state.restarts + 1,
    nextRestartAt: now + (pause ?? RESTART_SPACING_MS),
  };
  const nextAt = pause === undefined ? endAt : Math.min(endAt, after.nextRestartAt);
  return { state: after, actions: ['restartIce'], nextAt };
}

function giveUpAt({ partnerGoneSince }: Repairing, stalledSince: Millis): Millis {
  const closed = partnerGoneSince !== null && partnerGoneSince < stalledSince + CLOSED_WITHIN_MS;
  return closed ? partnerGoneSince + GIVE_UP_ALONE_MS : stalledSince + GIVE_UP_MS;
}

function againstMissingKeyframe(state: Repairing, now: Millis): RepairStep {
  if (now < state.nextKeyframeAt) return { state, actions: [], nextAt: state.nextKeyframeAt };
  const pause = KEYFRAME_PAUSES_MS[Math.min(state.keyframes, KEYFRAME_PAUSES_MS.length - 1)];
  const nextAt = now + (pause ?? 0);
  return {
    state: { ...state, keyframes: state.keyframes + 1, nextKeyframeAt: nextAt },
    actions: ['askKeyframe'],
    nextAt,
  };
}

function whileFlowing(state: Repairing, now: Millis): RepairStep {
  const flowingSince = state.flowingSince ?? now;
  const settledAt = flowingSince + SETTLED_MS;
  if (now >= settledAt) return { state: WELL, actions: [], nextAt: null };
  return { state: { ...state, flowingSince }, actions: [], nextAt: settledAt };
}
