import type { MatchId, Millis } from '../../shared/ids.ts';
import { qualityStep, type QualityState } from './connectionQuality.ts';
import type { RtcSample } from './rtcSample.ts';
import type { Verdict } from './verdict.ts';

/** What is remembered of one call's connection: enough to draw and to copy, gone with the next call. */
export interface ConnectionLog {
  readonly matchId: MatchId;
  /** The last minute. */
  readonly samples: readonly RtcSample[];
  readonly quality: QualityState;
  /** Changes of the verdict, the latest `VERDICTS_KEPT`. */
  readonly verdicts: readonly { readonly at: Millis; readonly kind: Verdict['kind'] }[];
}

export interface LogEntry {
  readonly matchId: MatchId;
  readonly sample: RtcSample;
  readonly verdict: Verdict;
  /** Whether the partner's camera is on as far as is known. */
  readonly pictureDue: boolean;
}

const KEPT_MS: Millis = 60_000;
/** A call that changes more often than this in two minutes is told well enough by the last ones. */
const VERDICTS_KEPT = 40;

export function logged(before: ConnectionLog | null, entry: LogEntry): ConnectionLog {
  const { matchId, sample, verdict, pictureDue } = entry;
  const known = before?.matchId === matchId ? before : null;
  const { at } = sample;
  const samples = (known?.samples ?? []).filter((one) => at - one.at <= KEPT_MS);
  const verdicts = known?.verdicts ?? [];
  const isNews = verdicts.at(-1)?.kind !== verdict.kind;
  return {
    matchId,
    samples: [...samples, sample],
    quality: qualityStep(known?.quality ?? null, sample, pictureDue),
    verdicts: isNews ? [...verdicts, { at, kind: verdict.kind }].slice(-VERDICTS_KEPT) : verdicts,
  };
}
