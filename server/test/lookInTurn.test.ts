import { expect, it, vi } from 'vitest';
import { handTimers } from './handTimers.ts';
import { lookInTurn } from '../transport/lookInTurn.ts';

const timers = handTimers();

/** How many were looked at in each turn. */
function looks(people: number, everyMs: number, forMs: number) {
  const all = new Set(Array.from({ length: people }, (_, name) => name));
  const seen: number[] = [];
  lookInTurn({ all: () => all, everyMs, look: (one) => seen.push(one), signal: timers.signal });
  const turns: number[] = [];
  while (performance.now() < forMs) {
    const before = seen.length;
    vi.advanceTimersToNextTimer();
    turns.push(seen.length - before);
  }
  return { turns, seen };
}

it('LS22: each of thousands is looked at once in a round, and never many at once', () => {
  const { turns, seen } = looks(5_000, 2_500, 2_500);
  expect(seen.toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: 5_000 }, (_, name) => name),
  );
  expect(Math.max(...turns)).toBeLessThanOrEqual(100);
});

it('LS22: the same one comes at the same time of each round', () => {
  const { seen } = looks(7, 2_500, 7_500);
  expect(seen.slice(0, 7)).toEqual(seen.slice(7, 14));
  expect(seen).toHaveLength(21);
});

it('LS22: a round that is shorter than a turn is one', () => {
  expect(looks(7, 15, 45).turns).toEqual([7, 7, 7]);
});
