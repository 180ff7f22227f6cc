import { expect, it } from 'vitest';
import { FakeWorld, matchWith } from './fakeWorld.ts';

const wishes = (world: FakeWorld) => world.sent.filter(({ type }) => type === 'wantMore');

it('CL34: more time is asked for once, and is there when the lobby says so', () => {
  const world = new FakeWorld().wait();
  const { matchId } = world.meet('Ada', 20_000);
  world.session.handle({ type: 'moreTimePressed' });
  world.session.handle({ type: 'moreTimePressed' });
  expect(wishes(world)).toEqual([{ type: 'wantMore', matchId }]);
  expect(world.seat).toMatchObject({ at: 'live', moreTime: 'asked' });
  world.lobbySays({ type: 'live', matchId, remainingMs: 10_000 });
  expect(world.seat).toMatchObject({ moreTime: 'asked' });
  world.lobbySays({ type: 'live', matchId, remainingMs: 130_000, extended: true });
  const endsAt = world.timers.now() + 130_000;
  expect(world.seat).toMatchObject({ at: 'live', moreTime: 'added', endsAt });
  world.session.handle({ type: 'moreTimePressed' });
  expect(wishes(world)).toHaveLength(1);
});

it('CL34: during the goodbye it can be asked for still, and the call goes on', () => {
  const world = new FakeWorld().wait();
  const { matchId } = world.meet('Ada');
  world.lobbySays({ type: 'goodbye', matchId, remainingMs: 10_000 });
  world.session.handle({ type: 'moreTimePressed' });
  expect(world.seat).toMatchObject({ at: 'goodbye', moreTime: 'asked' });
  world.lobbySays({ type: 'live', matchId, remainingMs: 120_000, extended: true });
  world.timers.pass(100_000);
  expect(world.seat).toMatchObject({ at: 'live', moreTime: 'added' });
  expect(world.peerOf).toBe(matchId);
});

it('CL34: before the time runs there is nothing to ask for', () => {
  const world = new FakeWorld().wait();
  world.lobbySays({ type: 'matched', match: matchWith('Ada') });
  world.session.handle({ type: 'moreTimePressed' });
  expect(wishes(world)).toEqual([]);
});

it('CL34: a wish that a broken link swallowed is said again', () => {
  const world = new FakeWorld().wait();
  const match = world.meet('Ada');
  world.linkDown();
  world.session.handle({ type: 'moreTimePressed' });
  world.sent.length = 0;
  const view = { phase: 'live', match, remainingMs: 60_000, partnerMedia: null } as const;
  world.linkUp({ ...view, partnerUp: true, moreTime: 'open' }, false);
  expect(wishes(world)).toHaveLength(1);
  expect(world.seat).toMatchObject({ moreTime: 'asked' });
  world.sent.length = 0;
  world.linkUp({ ...view, partnerUp: true, moreTime: 'asked' }, false);
  expect(wishes(world)).toEqual([]);
});
