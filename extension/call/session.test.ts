import { describe, expect, it } from 'vitest';
import { BROKER_SEAT, FakeWorld, matchWith } from './fakeWorld.ts';

describe('the way in', () => {
  it('CL1: nothing is sent before the person asks to enter', () => {
    const world = new FakeWorld();
    expect(world.linkOpen).toBe(false);
    world.session.handle({ type: 'joinPressed' });
    expect(world.linkOpen).toBe(true);
    expect(world.state.phase).toBe('joining');
  });

  it('CL2: failed tries are counted for the screen, and the next success enters', () => {
    const world = new FakeWorld();
    world.session.handle({ type: 'joinPressed' });
    world.linkFailed(3);
    expect(world.state).toMatchObject({ phase: 'joining', attempt: 3, why: 'noServer' });
    world.linkFailed(4, 'tooMany', 30_000);
    const again = { at: world.timers.now() + 30_000, inMs: 30_000 };
    expect(world.state).toMatchObject({ phase: 'joining', attempt: 4, why: 'tooMany', again });
    world.linkUp();
    expect(world.seat).toEqual({ at: 'idle' });
  });

  it('CL3: a reason to stop ends the visit, and one can start over', () => {
    const world = new FakeWorld().wait();
    world.meet('Ada');
    world.linkStopped('lobbyClosed');
    expect(world.state).toEqual({ phase: 'stopped', reason: 'lobbyClosed' });
    expect(world.peerOf).toBeNull();
    expect(world.timers.names).toEqual([]);
    world.session.handle({ type: 'startOverPressed' });
    expect(world.state).toEqual({ phase: 'outside' });
  });

  it('CL4: when the panel goes away, partner and lobby are told, and call and link go too', () => {
    const ending = new AbortController();
    const world = new FakeWorld(ending.signal).wait();
    world.meet('Ada');
    ending.abort();
    expect(world.toldPeer.at(-1)).toEqual({ type: 'bye' });
    expect(world.sent.at(-1)).toEqual({ type: 'leave' });
    expect(world.linkOpen).toBe(false);
    expect(world.peerOf).toBeNull();
  });
});

describe('a conversation', () => {
  it('CL5: matched opens the call, says own media on both ways, and makes a sound', () => {
    const world = new FakeWorld().wait();
    world.session.handle({ type: 'ownMediaChanged', media: { camera: true, microphone: false } });
    const match = matchWith('Ada');
    world.lobbySays({ type: 'matched', match });
    expect(world.peerOf).toBe(match.matchId);
    expect(world.sent.at(-1)).toMatchObject({
      type: 'mediaState',
      matchId: match.matchId,
      state: { camera: true, microphone: false },
    });
    expect(world.toldPeer.at(-1)).toMatchObject({ type: 'mediaState' });
    expect(world.sounds).toEqual(['matched']);
  });

  it('CL6: media here is reported; the time runs when the server says so', () => {
    const world = new FakeWorld().wait();
    const match = matchWith('Ada');
    world.lobbySays({ type: 'matched', match });
    world.mediaArrives();
    expect(world.sent.at(-1)).toEqual({ type: 'mediaFlowing', matchId: match.matchId });
    expect(world.seat.at).toBe('connecting');
    world.lobbySays({ type: 'live', matchId: match.matchId, remainingMs: 5_000 });
    expect(world.seat).toMatchObject({ at: 'live', endsAt: world.timers.now() + 5_000 });
  });

  it('OP26: with the first media goes how it travels, where the browser knows', () => {
    const world = new FakeWorld().wait();
    const match = matchWith('Ada');
    world.lobbySays({ type: 'matched', match });
    world.mediaArrives(match, 'relay');
    const { matchId } = match;
    expect(world.sent.at(-1)).toEqual({ type: 'mediaFlowing', matchId, path: 'relay' });
  });

  it('CL7: the goodbye keeps the call open, and the next match is asked for after a pause', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.lobbySays({ type: 'goodbye', matchId, remainingMs: 10_000 });
    expect(world.peerOf).toBe(matchId);
    world.lobbySays({ type: 'ended', matchId, reason: 'timeUp', requeued: false });
    expect(world.seat).toMatchObject({ at: 'afterCall', partnerName: 'Ada', reason: 'timeUp' });
    expect(world.peerOf).toBeNull();
    world.sent.length = 0;
    world.timers.pass(10_000);
    expect(world.sentTypes()).toEqual(['ready']);
    expect(world.seat.at).toBe('waiting');
  });

  it('CL8: a break asks for nothing until the person is ready again', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.lobbySays({ type: 'ended', matchId, reason: 'timeUp', requeued: false });
    world.session.handle({ type: 'breakPressed' });
    world.sent.length = 0;
    world.timers.pass(60_000);
    expect(world.sent).toEqual([]);
    expect(world.seat).toEqual({ at: 'idle' });
  });

  it('CL9: who just asked for a break does not see a stranger because messages crossed', () => {
    const world = new FakeWorld().wait();
    world.session.handle({ type: 'notReadyPressed' });
    const match = matchWith('Ada');
    world.lobbySays({ type: 'matched', match });
    expect(world.peerOf).toBeNull();
    expect(world.sent.at(-1)).toEqual({ type: 'endCall', matchId: match.matchId, reason: 'left' });
  });

  it('CL10: leaving tells the lobby and the partner', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.session.handle({ type: 'leaveCallPressed' });
    expect(world.sent.at(-1)).toEqual({ type: 'endCall', matchId, reason: 'left' });
    expect(world.toldPeer.at(-1)).toEqual({ type: 'bye' });
    expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'youLeft' });
  });

  it('CL11: a partner who leaves puts one back in the queue, with a word about it', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.lobbySays({ type: 'ended', matchId, reason: 'partnerLeft', requeued: true });
    expect(world.state).toMatchObject({
      seat: { at: 'waiting' },
      notice: { kind: 'partnerLeft', partnerName: 'Ada' },
    });
  });

  it('CL11: the same when the partner’s own goodbye is faster than the lobby', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.peerSays({ type: 'bye' });
    expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'partnerLeft' });
    world.lobbySays({ type: 'ended', matchId, reason: 'partnerLeft', requeued: true });
    expect(world.seat.at).toBe('waiting');
    expect(world.timers.names).not.toContain('nextMatch');
  });

  it('CL11: a partner who goes during the goodbye has not left early', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.lobbySays({ type: 'goodbye', matchId, remainingMs: 10_000 });
    world.peerSays({ type: 'bye' });
    expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'timeUp' });
  });

  it('CL12: the later report of the partner’s media counts, whichever way it came', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    const later = { camera: false, microphone: true, sequence: 7 };
    const earlier = { camera: true, microphone: true, sequence: 6 };
    world.peerSays({ type: 'mediaState', state: later });
    world.lobbySays({ type: 'partnerMedia', matchId, state: earlier });
    expect(world.seat).toMatchObject({ partnerMedia: later });
  });

  it('CL13: what an ended match still says changes nothing', () => {
    const world = new FakeWorld().wait();
    const old = world.meet('Ada');
    world.lobbySays({ type: 'ended', matchId: old.matchId, reason: 'timeUp', requeued: false });
    const match = world.meet('Ben');
    const before = world.state;
    world.lobbySays({ type: 'ended', matchId: old.matchId, reason: 'timeUp', requeued: false });
    world.mediaArrives(old);
    world.peerFails(old);
    world.peerSays({ type: 'bye' }, old);
    expect(world.state).toBe(before);
    expect(world.peerOf).toBe(match.matchId);
  });
});

describe('without the server', () => {
  it('CL14: a call goes on while the link is down, and ends by its own clock', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada', 30_000);
    world.linkDown();
    expect(world.state).toMatchObject({ link: { up: false } });
    world.timers.pass(29_000);
    expect(world.peerOf).toBe(matchId);
    world.timers.pass(2_500);
    expect(world.seat.at).toBe('goodbye');
    world.timers.pass(11_000);
    expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'timeUp' });
    expect(world.peerOf).toBeNull();
  });

  it('CL15: a server that forgot everything does not end a call that flows', () => {
    const world = new FakeWorld().wait();
    const { matchId } = world.meet('Ada');
    world.linkDown();
    world.linkUp({ phase: 'idle' }, true);
    expect(world.seat.at).toBe('live');
    expect(world.peerOf).toBe(matchId);
  });

  it('CL16: who waited asks again after a restart', () => {
    const world = new FakeWorld().wait();
    world.linkDown();
    world.sent.length = 0;
    world.linkUp({ phase: 'idle' }, true);
    expect(world.sentTypes()).toEqual(['ready']);
    expect(world.seat.at).toBe('waiting');
  });

  it('CL17: a kept seat brings the clock up to date and nobody notices', () => {
    const world = new FakeWorld().wait();
    const match = world.meet('Ada', 120_000);
    world.linkDown();
    world.timers.pass(7_000);
    world.linkUp(
      {
        phase: 'live',
        match,
        remainingMs: 100_000,
        partnerMedia: null,
        partnerUp: true,
        moreTime: 'open',
      },
      false,
    );
    expect(world.seat).toMatchObject({ at: 'live', endsAt: world.timers.now() + 100_000 });
    expect(world.peerOf).toBe(match.matchId);
  });

  it('CL18: media that arrived while the link was down is reported after it', () => {
    const world = new FakeWorld().wait();
    const match = matchWith('Ada');
    world.lobbySays({ type: 'matched', match });
    world.linkDown();
    world.mediaArrives();
    world.sent.length = 0;
    world.linkUp(
      {
        phase: 'connecting',
        match,
        remainingMs: 4_000,
        partnerMedia: null,
        partnerUp: true,
        moreTime: 'open',
      },
      false,
    );
    expect(world.sentTypes()).toContain('mediaFlowing');
  });

  it('CL19: what was pressed while the link was down is said after it', () => {
    const left = new FakeWorld().wait();
    const match = left.meet('Ada');
    left.linkDown();
    left.session.handle({ type: 'leaveCallPressed' });
    left.sent.length = 0;
    left.linkUp(
      {
        phase: 'live',
        match,
        remainingMs: 60_000,
        partnerMedia: null,
        partnerUp: true,
        moreTime: 'open',
      },
      false,
    );
    expect(left.sent).toEqual([{ type: 'endCall', matchId: match.matchId, reason: 'left' }]);
    expect(left.peerOf).toBeNull();

    const paused = new FakeWorld().wait();
    paused.linkDown();
    paused.session.handle({ type: 'notReadyPressed' });
    paused.sent.length = 0;
    paused.linkUp({ phase: 'waiting', broker: BROKER_SEAT }, false);
    expect(paused.sentTypes()).toEqual(['notReady']);
    expect(paused.seat).toEqual({ at: 'idle' });
  });

  it('CL20: a call that ended meanwhile is over here too', () => {
    const world = new FakeWorld().wait();
    world.meet('Ada');
    world.linkDown();
    world.linkUp({ phase: 'waiting', broker: BROKER_SEAT }, false);
    expect(world.peerOf).toBeNull();
    expect(world.state).toMatchObject({ seat: { at: 'waiting' }, notice: { kind: 'partnerLeft' } });
  });

  it('CL21: a call that never connects ends even if the server says nothing', () => {
    const world = new FakeWorld().wait();
    world.lobbySays({ type: 'matched', match: matchWith('Ada') });
    world.timers.pass(9_500);
    expect(world.seat).toMatchObject({ at: 'afterCall', reason: 'connectFailed' });
    expect(world.peerOf).toBeNull();
  });
});

describe('company', () => {
  it('CL22: somebody who comes to a lone person makes a sound, the next ones do not', () => {
    const world = new FakeWorld().wait();
    world.lobbySays({ type: 'presence', presence: { here: 1, waiting: 1 } });
    world.lobbySays({ type: 'presence', presence: { here: 2, waiting: 1 } });
    world.lobbySays({ type: 'presence', presence: { here: 3, waiting: 1 } });
    expect(world.sounds).toEqual(['company']);
  });
});
