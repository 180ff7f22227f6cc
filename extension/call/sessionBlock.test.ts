import { expect, it } from 'vitest';
import { FakeWorld, matchWith } from './fakeWorld.ts';

const blocks = (world: FakeWorld) => world.sent.filter(({ type }) => type === 'block');

it('CL40: one press ends the call and blocks the partner, who hears that the call is over', () => {
  const world = new FakeWorld().wait();
  const { matchId } = world.meet('Ada', 20_000);
  world.session.handle({ type: 'blockPressed' });
  expect(blocks(world)).toEqual([{ type: 'block', matchId }]);
  expect(world.sent.some(({ type }) => type === 'endCall')).toBe(false);
  expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'youLeft', blocked: true });
  expect(world.peerOf).toBeNull();
  world.lobbySays({ type: 'ended', matchId, reason: 'youLeft', requeued: false });
  expect(world.seat).toMatchObject({ at: 'afterCall', blocked: true });
});

it('CL40: a call that still connects is ended the same way', () => {
  const world = new FakeWorld().wait();
  const match = matchWith('Ada');
  world.lobbySays({ type: 'matched', match });
  world.session.handle({ type: 'blockPressed' });
  expect(blocks(world)).toEqual([{ type: 'block', matchId: match.matchId }]);
  expect(world.seat).toMatchObject({ at: 'afterCall', blocked: true });
});

it('CL41: after a call its partner is blocked once, and the next one comes by itself all the same', () => {
  const world = new FakeWorld().wait();
  const { matchId } = world.meet('Ada');
  world.lobbySays({ type: 'ended', matchId, reason: 'timeUp', requeued: false });
  world.session.handle({ type: 'blockPressed' });
  world.session.handle({ type: 'blockPressed' });
  expect(blocks(world)).toEqual([{ type: 'block', matchId }]);
  expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'timeUp', blocked: true });
  world.timers.pass(6_000);
  expect(world.seat).toMatchObject({ at: 'waiting' });
});

it('CL41: outside of a call there is nobody to block', () => {
  const world = new FakeWorld().wait();
  world.session.handle({ type: 'blockPressed' });
  expect(blocks(world)).toEqual([]);
});
