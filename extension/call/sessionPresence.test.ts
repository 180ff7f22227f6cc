import { expect, it } from 'vitest';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { NEXT_MATCH_MS } from './clocks.ts';
import { BROKER_SEAT, FakeWorld } from './fakeWorld.ts';

const ASKED = { type: 'areYouThere', answerInMs: LIMITS.readyCheckMs } as const;
const signs = (world: FakeWorld) => world.sentTypes().filter((type) => type === 'present').length;

it('CL35: asked whether one is there, the panel makes a sound, and the answer goes out at once', () => {
  const world = new FakeWorld().wait();
  const { seat } = world;
  world.lobbySays(ASKED);
  expect(world.sounds).toEqual(['question']);
  const answerBy = world.timers.now() + LIMITS.readyCheckMs;
  expect(world.seat).toEqual({ ...seat, answerBy });
  world.session.handle({ type: 'herePressed' });
  expect(world.sent.at(-1)).toEqual({ type: 'present' });
  expect(world.seat).toEqual(seat);
  world.session.handle({ type: 'herePressed' });
  expect(signs(world)).toBe(1);
});

it('CL35: a hand that passes over the panel does not take the question away', () => {
  const world = new FakeWorld().wait();
  world.lobbySays(ASKED);
  world.timers.pass(LIMITS.signIntervalMs);
  world.session.handle({ type: 'personSeen' });
  expect(world.seat).toHaveProperty('answerBy');
});

it('CL35: who does not answer is out of the line and reads why', () => {
  const world = new FakeWorld().wait();
  world.lobbySays(ASKED);
  world.lobbySays({ type: 'idle', reason: 'noAnswer' });
  expect(world.state).toMatchObject({ seat: { at: 'idle' }, notice: { kind: 'noAnswer' } });
  world.session.handle({ type: 'readyPressed' });
  expect(world.state).toMatchObject({ seat: { at: 'waiting' }, notice: null });
});

it('CL35: the question is void with the link it came over', () => {
  const world = new FakeWorld().wait();
  world.lobbySays(ASKED);
  world.linkDown();
  world.linkUp({ phase: 'waiting', broker: BROKER_SEAT }, false);
  expect(world.seat).not.toHaveProperty('answerBy');
});

it('CL36: what the person does is told as a sign of them, now and then', () => {
  const world = new FakeWorld().wait();
  world.session.handle({ type: 'personSeen' });
  expect(signs(world)).toBe(0);
  world.timers.pass(LIMITS.signIntervalMs);
  world.session.handle({ type: 'personSeen' });
  world.session.handle({ type: 'personSeen' });
  expect(signs(world)).toBe(1);
});

it('CL36: a match that is asked for without them is told as such', () => {
  const world = new FakeWorld().wait();
  expect(world.sent.at(-1)).not.toHaveProperty('automatic');
  const { matchId } = world.meet('Ada');
  world.lobbySays({ type: 'ended', matchId, reason: 'timeUp', requeued: false });
  world.timers.pass(NEXT_MATCH_MS);
  expect(world.sent.at(-1)).toMatchObject({ type: 'ready', automatic: true });
});
