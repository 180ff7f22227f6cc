import type { Timers } from '../../call/ports.ts';
import type { RtcSample } from '../../call/rtcSample.ts';
import type { Verdict } from '../../call/verdict.ts';
import { judge, type Judgement, type PartnerReport } from './judge.ts';

export interface StallWatch {
  /** Null while there is nothing to read: the connection is being made, or is gone. */
  sample(): Promise<RtcSample | null>;
  partnerReport(): PartnerReport;
  readonly timers: Timers;
  /** Every sample, for those who draw it. */
  sampled(sample: RtcSample): void;
  /** Only what is new; a call begins as `flowing`. */
  judged(verdict: Verdict): void;
}

const TIMER = 'stallWatch';
/** Until there is something to read. */
const UNREADABLE_POLL_MS = 250;

/** Looks at a call until `signal` aborts, often enough for its judge. One call at a time. */
export function watchForStalls(watch: StallWatch, signal: AbortSignal): void {
  let last: Judgement | null = null;

  async function look(): Promise<void> {
    const sample = await watch.sample();
    if (signal.aborted) return;
    if (sample === null) return lookAgain(UNREADABLE_POLL_MS);
    const judgement = judge(last, sample, watch.partnerReport());
    const changed = isNews(last?.verdict ?? { kind: 'flowing' }, judgement.verdict);
    last = judgement;
    lookAgain(judgement.lookAgainInMs);
    watch.sampled(sample);
    if (changed) watch.judged(judgement.verdict);
  }

  function lookAgain(inMs: number): void {
    watch.timers.arm(TIMER, inMs, () => void look());
  }

  if (signal.aborted) return;
  signal.addEventListener('abort', () => watch.timers.disarm(TIMER), { once: true });
  void look();
}

function isNews(before: Verdict, now: Verdict): boolean {
  if (before.kind !== now.kind) return true;
  return 'since' in before && 'since' in now && before.since !== now.since;
}
