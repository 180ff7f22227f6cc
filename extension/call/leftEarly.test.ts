import { expect, it } from 'vitest';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { BROKER_SEAT, FakeWorld } from './fakeWorld.ts';

const REST_MS = 20_000;

/** They have left Ada early, and the lobby has said so. */
function leftEarly(): FakeWorld {
  const world = new FakeWorld().wait();
  const { matchId } = world.meet('Ada');
  world.session.handle({ type: 'leaveCallPressed' });
  const ended = { type: 'ended', matchId, reason: 'youLeft', requeued: false } as const;
  world.lobbySays({ ...ended, notBeforeMs: REST_MS });
  return world;
}

it('CL51: who left early knows until when they meet nobody, after the call and in the line', () => {
  const world = leftEarly();
  const notBefore = world.timers.now() + REST_MS;
  expect(world.seat).toMatchObject({ at: 'afterCall', notBefore });
  world.timers.pass(LIMITS.afterCallMs);
  expect(world.seat).toMatchObject({ at: 'waiting', notBefore });
});

it('CL51: the lobby’s word counts, also after a broken link', () => {
  const world = leftEarly();
  world.session.handle({ type: 'meetNextPressed' });
  world.lobbySays({ type: 'waiting', broker: BROKER_SEAT, notBeforeMs: 5_000 });
  expect(world.seat).toMatchObject({ notBefore: world.timers.now() + 5_000 });
  world.linkDown();
  world.linkUp({ phase: 'waiting', broker: BROKER_SEAT, notBeforeMs: 3_000 }, false);
  expect(world.seat).toMatchObject({ at: 'waiting', notBefore: world.timers.now() + 3_000 });
});
