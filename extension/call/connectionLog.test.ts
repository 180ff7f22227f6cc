import { expect, it } from 'vitest';
import type { MatchId } from '../../shared/ids.ts';
import { logged, type ConnectionLog } from './connectionLog.ts';
import { fakeSamples } from './fakeSamples.ts';
import type { Verdict } from './verdict.ts';

const ADA = 'matchAda0' as MatchId;
const BEN = 'matchBen0' as MatchId;
const FLOWING: Verdict = { kind: 'flowing' };

function keep(log: ConnectionLog | null, seconds: number, matchId = ADA): ConnectionLog {
  return fakeSamples(seconds).reduce<ConnectionLog | null>(
    (known, sample) => logged(known, { matchId, sample, verdict: FLOWING, pictureDue: true }),
    log,
  )!;
}

it('SM26: the last minute is kept, and nothing of an earlier call', () => {
  const log = keep(null, 120);
  expect(log.samples).toHaveLength(61);
  expect(log.samples.at(-1)?.at).toBe(120_000);
  const next = keep(log, 1, BEN);
  expect(next.samples).toHaveLength(1);
  expect(next.quality.steps).toHaveLength(1);
  expect(next.verdicts).toEqual([{ at: 1_000, kind: 'flowing' }]);
});

it('SM26: each change of the verdict is kept once, with its time', () => {
  const kinds: Verdict[] = [FLOWING, FLOWING, { kind: 'networkStall', since: 0 }, FLOWING];
  const log = fakeSamples(4).reduce<ConnectionLog | null>(
    (known, sample, index) =>
      logged(known, { matchId: ADA, sample, verdict: kinds[index]!, pictureDue: true }),
    null,
  );
  expect(log?.verdicts).toEqual([
    { at: 1_000, kind: 'flowing' },
    { at: 3_000, kind: 'networkStall' },
    { at: 4_000, kind: 'flowing' },
  ]);
});
