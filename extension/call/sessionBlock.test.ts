import { expect, it } from 'vitest';
import type { Match } from '../../shared/protocol/lobby.ts';
import { FakeWorld, matchWith } from './fakeWorld.ts';

const blocks = (world: FakeWorld) => world.sent.filter(({ type }) => type === 'block');
/** The match is over, and says nothing any more. */
const againOf = ({ partnerSeal }: Match) => ({ type: 'block', partnerSeal }) as const;
const blockOf = ({ matchId, partnerSeal }: Match) =>
  ({ type: 'block', matchId, partnerSeal }) as const;

it('CL40: one press ends the call and blocks the partner, who hears that the call is over', () => {
  const world = new FakeWorld().wait();
  const match = world.meet('Ada', 20_000);
  const { matchId } = match;
  world.session.handle({ type: 'blockPressed' });
  expect(blocks(world)).toEqual([blockOf(match)]);
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
  expect(blocks(world)).toEqual([blockOf(match)]);
  expect(world.seat).toMatchObject({ at: 'afterCall', blocked: true });
});

it('CL41: after a call its partner is blocked once, and the next one comes by itself all the same', () => {
  const world = new FakeWorld().wait();
  const match = world.meet('Ada');
  world.lobbySays({ type: 'ended', matchId: match.matchId, reason: 'timeUp', requeued: false });
  world.session.handle({ type: 'blockPressed' });
  world.session.handle({ type: 'blockPressed' });
  expect(blocks(world)).toEqual([blockOf(match)]);
  expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'timeUp', blocked: true });
  world.timers.pass(6_000);
  expect(world.seat).toMatchObject({ at: 'waiting' });
});

it('CL41: outside of a call there is nobody to block', () => {
  const world = new FakeWorld().wait();
  world.session.handle({ type: 'blockPressed' });
  expect(blocks(world)).toEqual([]);
});

it('CL42: a block is said again at a fresh seat, before the next match is asked for, and not at a kept one', () => {
  const world = new FakeWorld().wait();
  const match = world.meet('Ada');
  world.session.handle({ type: 'blockPressed' });
  world.timers.pass(6_000);
  world.sent.length = 0;
  world.linkDown();
  world.linkUp({ phase: 'idle' }, false);
  expect(blocks(world)).toEqual([]);
  world.sent.length = 0;
  world.linkDown();
  world.linkUp();
  expect(world.sent[0]).toEqual(againOf(match));
  expect(world.sentTypes()).toEqual(['block', 'ready']);
});

it('CL43: what was blocked at an earlier visit is said at the first seat, before a match is asked for', () => {
  const world = new FakeWorld();
  world.blocks.push(matchWith('Ada').partnerSeal);
  world.wait();
  expect(world.sentTypes()).toEqual(['block', 'ready']);
  expect(blocks(world)).toEqual([againOf(matchWith('Ada'))]);
});

it('CL43: each block is remembered for later visits, also one that no server hears', () => {
  const world = new FakeWorld().wait();
  const match = world.meet('Ada');
  world.linkDown();
  world.session.handle({ type: 'blockPressed' });
  expect(world.blocks).toEqual([match.partnerSeal]);
});

it('CL42: the partner of a call that goes on without the server can be blocked', () => {
  const world = new FakeWorld().wait();
  const match = world.meet('Ada');
  world.linkDown();
  world.linkUp();
  expect(world.seat).toMatchObject({ at: 'live' });
  world.session.handle({ type: 'blockPressed' });
  expect(blocks(world)).toEqual([blockOf(match)]);
});
