import { expect, it } from 'vitest';
import { FakeWorld } from './fakeWorld.ts';

it('LB46: who waits knows when the next match is likely, and when nobody knows any more', () => {
  const world = new FakeWorld().wait();
  world.lobbySays({ type: 'expectedWait', waitMs: 40_000 });
  expect(world.seat).toMatchObject({ at: 'waiting', expectedAt: world.timers.now() + 40_000 });
  world.lobbySays({ type: 'expectedWait', waitMs: null });
  expect(world.seat).toMatchObject({ at: 'waiting', expectedAt: null });
});

it('LB46: an expectation that comes late changes nothing', () => {
  const world = new FakeWorld().wait();
  world.meet('Ada');
  const before = world.seat;
  world.lobbySays({ type: 'expectedWait', waitMs: 40_000 });
  expect(world.seat).toBe(before);
});
