import { expect, it } from 'vitest';
import { FakeWorld } from './fakeWorld.ts';

const noticeOf = ({ session }: FakeWorld) =>
  session.state.phase === 'inside' ? session.state.notice : null;

it('CL50: a new cycle is told with a sound, and nothing that was said of the wait counts any more', () => {
  const world = new FakeWorld().wait();
  world.lobbySays({ type: 'expectedWait', waitMs: 60_000, metEverybody: true });
  expect(world.seat).toMatchObject({ at: 'waiting', metEverybody: true });
  world.lobbySays({ type: 'newCycle' });
  expect(noticeOf(world)).toEqual({ kind: 'newCycle' });
  expect(world.seat).toMatchObject({ at: 'waiting', metEverybody: false, expectedAt: null });
  expect(world.sounds.at(-1)).toBe('company');
});

it('CL50: during a call it is told without a sound, and the call goes on', () => {
  const world = new FakeWorld().wait();
  world.meet('Ada');
  const [before, sounds] = [world.seat, world.sounds.length];
  world.lobbySays({ type: 'newCycle' });
  expect(noticeOf(world)).toEqual({ kind: 'newCycle' });
  expect(world.seat).toBe(before);
  expect(world.sounds).toHaveLength(sounds);
});
