import { describe, expect, it } from 'vitest';
import { BROKER_SEAT, FakeWorld, matchWith } from './fakeWorld.ts';

const OFFER = { connectionId: 'mc_1234', sdp: 'v=0', candidates: [], relayOnly: false };

describe('while waiting', () => {
  it('CL25: a call is prepared, its offer is handed in, and the match takes it', () => {
    const world = new FakeWorld().wait();
    world.lobbySays({ type: 'waiting', broker: BROKER_SEAT });
    expect(world.preparedFor).toBe(BROKER_SEAT.peerId);
    world.peerMakesOffer(BROKER_SEAT.peerId, OFFER);
    expect(world.sent.at(-1)).toEqual({
      type: 'offerAhead',
      peerId: BROKER_SEAT.peerId,
      offer: OFFER,
    });
    world.lobbySays({ type: 'matched', match: matchWith('Ada') });
    expect(world.preparedFor).toBeNull();
  });

  it('CL25: who does not wait any more has nothing prepared and hands nothing in', () => {
    const world = new FakeWorld().wait();
    world.lobbySays({ type: 'waiting', broker: BROKER_SEAT });
    world.session.handle({ type: 'notReadyPressed' });
    expect(world.preparedFor).toBeNull();
    world.sent.length = 0;
    world.peerMakesOffer(BROKER_SEAT.peerId, OFFER);
    world.lobbySays({ type: 'waiting', broker: BROKER_SEAT });
    expect(world.sent).toEqual([]);
    expect(world.preparedFor).toBeNull();
  });

  it('CL26: after a broken link the call is prepared anew: the network may be another one', () => {
    const world = new FakeWorld().wait();
    world.linkDown();
    world.linkUp({ phase: 'waiting', broker: BROKER_SEAT }, false);
    expect(world.preparedFor).toBe(BROKER_SEAT.peerId);
  });
});

describe('repair', () => {
  const stall = (since: number) => ({ kind: 'networkStall', since }) as const;

  it('CL27: signals travel both ways, of this match alone', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.peerSignals({ kind: 'restart' });
    expect(world.sent.at(-1)).toEqual({ type: 'signal', matchId, signal: { kind: 'restart' } });
    world.lobbySays({ type: 'signal', matchId, signal: { kind: 'restart' } });
    world.lobbySays({
      type: 'signal',
      matchId: matchWith('Ben').matchId,
      signal: { kind: 'restart' },
    });
    expect(world.signalsHeard).toEqual([{ kind: 'restart' }]);
  });

  it('CL28: a stall is answered at once by a restart, and the link is asked to prove itself', () => {
    const world = new FakeWorld().wait();
    world.meet('Ada');
    world.judge(stall(world.timers.now()));
    expect([world.restarts, world.proofs]).toEqual([1, 1]);
    expect(world.seat).toMatchObject({ at: 'live', health: { repair: { at: 'repairing' } } });
  });

  it('CL28: three restarts at most, then a plain ending that puts both at the head', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.judge(stall(world.timers.now()));
    world.timers.pass(24_000);
    expect(world.restarts).toBe(3);
    expect(world.seat.at).toBe('live');
    world.timers.pass(2_000);
    expect(world.restarts).toBe(3);
    expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'connectionLost' });
    expect(world.sent).toContainEqual({ type: 'endCall', matchId, reason: 'failed' });
    world.lobbySays({ type: 'ended', matchId, reason: 'connectionLost', requeued: true });
    expect(world.state).toMatchObject({
      seat: { at: 'waiting' },
      notice: { kind: 'connectionLost', partnerName: 'Ada' },
    });
  });

  it('CL29: a partner who has lost the lobby too is not waited for so long', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.lobbySays({ type: 'partnerLink', matchId, up: false });
    world.judge(stall(world.timers.now()));
    world.timers.pass(10_500);
    expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'connectionLost' });
  });

  it('SM33: who hears nothing says so on both ways, once, and says when they hear again', () => {
    const world = new FakeWorld().wait();
    world.meet('Ada');
    const deaf = () => ({
      overLobby: world.sent.flatMap((one) => (one.type === 'mediaState' ? [one.state.deaf] : [])),
      overCall: world.toldPeer.flatMap((one) =>
        one.type === 'mediaState' ? [one.state.deaf] : [],
      ),
    });
    const before = deaf().overCall;
    world.judge(stall(world.timers.now()));
    world.judge(stall(world.timers.now() + 1));
    world.session.handle({ type: 'ownMediaChanged', media: { camera: true, microphone: false } });
    world.judge({ kind: 'decoderStall', since: world.timers.now() });
    world.judge({ kind: 'flowing' });
    const all = [...before, true, true, undefined];
    expect(deaf()).toEqual({ overLobby: all, overCall: all });
  });

  it('SM33: what a lobby says on a return counts for less than what the call said later', () => {
    const world = new FakeWorld().wait();
    const match = world.meet('Ada');
    const state = { camera: true, microphone: true };
    const deaf = { ...state, deaf: true, sequence: 5 };
    world.lobbySays({ type: 'partnerMedia', matchId: match.matchId, state: deaf });
    world.linkDown();
    world.peerSays({ type: 'mediaState', state: { ...state, sequence: 6 } });
    const view = { phase: 'live', match, remainingMs: 90_000, partnerMedia: deaf } as const;
    world.linkUp({ ...view, partnerUp: false, moreTime: 'open' }, false);
    expect(world.seat).toMatchObject({ partnerMedia: { sequence: 6 } });
  });

  it('CL30: without the lobby nothing can be restarted; with it the restart follows at once', () => {
    const world = new FakeWorld().wait();
    const match = world.meet('Ada');
    world.linkDown();
    world.judge(stall(world.timers.now()));
    world.timers.pass(4_000);
    expect(world.restarts).toBe(0);
    const seat = { phase: 'live', match, remainingMs: 90_000 } as const;
    world.linkUp({ ...seat, partnerMedia: null, partnerUp: true, moreTime: 'open' }, false);
    expect(world.restarts).toBe(1);
  });

  it('CL31: what flows again for two seconds is well, and nothing more is tried', () => {
    const world = new FakeWorld().wait();
    world.meet('Ada');
    world.judge(stall(world.timers.now()));
    world.timers.pass(1_000);
    world.judge({ kind: 'flowing' });
    world.timers.pass(2_500);
    expect(world.seat).toMatchObject({ at: 'live', health: { repair: { at: 'well' } } });
    expect(world.timers.names).not.toContain('repair');
    expect(world.restarts).toBe(1);
  });

  it('CL32: pictures that cannot be shown ask the partner for a whole one, who sends it', () => {
    const world = new FakeWorld().wait();
    world.meet('Ada');
    world.judge({ kind: 'decoderStall', since: world.timers.now() });
    expect(world.toldPeer.at(-1)).toEqual({ type: 'keyframeWanted' });
    world.peerSays({ type: 'keyframeWanted' });
    expect(world.keyframes).toBe(1);
  });

  it('CL33: a call that still connects is not repaired: its own clock ends it', () => {
    const world = new FakeWorld().wait();
    world.lobbySays({ type: 'matched', match: matchWith('Ada') });
    world.judge(stall(world.timers.now()));
    expect(world.restarts).toBe(0);
  });

  it('CL33: what was found while it connected is repaired as soon as its time runs', () => {
    const world = new FakeWorld().wait();
    const match = matchWith('Ada');
    world.lobbySays({ type: 'matched', match });
    world.mediaArrives();
    world.judge(stall(world.timers.now()));
    world.lobbySays({ type: 'live', matchId: match.matchId, remainingMs: 120_000 });
    expect(world.restarts).toBe(1);
  });
});
