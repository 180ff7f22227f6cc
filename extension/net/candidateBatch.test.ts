import { expect, it } from 'vitest';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Candidate } from '../../shared/protocol/signal.ts';
import { FakeTimers } from '../call/fakeTimers.ts';
import { CandidateBatch } from './candidateBatch.ts';

const candidate = (name: number): Candidate => ({
  candidate: `candidate:${name}`,
  sdpMid: '0',
  sdpMLineIndex: 0,
  usernameFragment: null,
});

function gather(count: number) {
  const timers = new FakeTimers();
  const said: number[] = [];
  const ending = new AbortController();
  const batch = new CandidateBatch(timers, ({ length }) => void said.push(length), ending.signal);
  for (let name = 0; name < count; name += 1) batch.add(candidate(name));
  return { timers, said, ending };
}

it('PL4: candidates that are found together go out together, and no message is too long', () => {
  const { timers, said } = gather(LIMITS.candidatesTogether + 3);
  expect(said).toEqual([LIMITS.candidatesTogether]);
  timers.pass(20);
  expect(said).toEqual([LIMITS.candidatesTogether, 3]);
  expect(timers.names).toEqual([]);
});

it('PL4: nothing is said once the call is over', () => {
  const { timers, said, ending } = gather(2);
  ending.abort();
  timers.pass(1_000);
  expect(said).toEqual([]);
});
