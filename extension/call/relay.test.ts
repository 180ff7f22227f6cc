import { expect, it } from 'vitest';
import { BROKER_SEAT, FakeWorld } from './fakeWorld.ts';

const FRESH = [{ urls: ['turn:fresh.example'], username: 'later', credential: 'c' }];

it('TN3: fresh ICE servers go to the call they are for, and to no other', () => {
  const world = new FakeWorld().wait();
  const { matchId } = world.meet('Ada');
  world.lobbySays({ type: 'iceServers', matchId, iceServers: FRESH });
  expect(world.iceServers).toEqual(FRESH);
  world.lobbySays({ type: 'ended', matchId, reason: 'timeUp', requeued: false });
  world.lobbySays({ type: 'iceServers', matchId, iceServers: [] });
  expect(world.iceServers).toEqual(FRESH);
});

it('TN3: another seat while one waits is prepared in the place of the first', () => {
  const world = new FakeWorld().wait();
  world.lobbySays({ type: 'waiting', broker: BROKER_SEAT });
  const peerId = 'peerFresh' as typeof BROKER_SEAT.peerId;
  world.lobbySays({ type: 'waiting', broker: { ...BROKER_SEAT, peerId, iceServers: FRESH } });
  expect(world.preparedFor).toBe(peerId);
});

it('TN12: whether there is a relay is known from the welcome on, and when it changes', () => {
  const world = new FakeWorld();
  world.session.handle({ type: 'joinPressed' });
  world.linkUp({ phase: 'idle' }, true, true);
  expect(world.state).toMatchObject({ relayAvailable: true });
  world.lobbySays({ type: 'relay', available: false });
  expect(world.state).toMatchObject({ relayAvailable: false });
  world.linkDown();
  world.linkUp({ phase: 'idle' }, false, true);
  expect(world.state).toMatchObject({ relayAvailable: true });
});

it('TN12: who waited and can meet nobody now is idle, with nothing prepared', () => {
  const world = new FakeWorld().wait();
  world.lobbySays({ type: 'waiting', broker: BROKER_SEAT });
  world.lobbySays({ type: 'relay', available: false });
  world.lobbySays({ type: 'idle' });
  expect(world.seat).toEqual({ at: 'idle' });
  expect(world.preparedFor).toBeNull();
});
