import { describe, expect, it } from 'vitest';
import type { MatchId } from '../../shared/ids.ts';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { LobbyStory } from './lobbyStory.ts';

const MINUTES_2 = 120_000;

describe('meeting', () => {
  it('LB1: a ready member meets the longest waiting one they never met, at once', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.say('ann', { type: 'endCall', matchId: story.matchOf('ann').matchId, reason: 'left' });
    story.say('ann', { type: 'ready' });
    expect(story.pairs).toEqual(['ann & ben']);
    story.joinReady('cem');
    expect(story.pairs).toEqual(['ann & ben', 'ben & cem']);
    story.joinReady('dag');
    expect(story.pairs.at(-1)).toBe('ann & dag');
  });

  it('LB2: with nobody to meet, a ready member waits and is told', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    expect(story.heard('ann')).toEqual(['welcome', 'waiting']);
  });

  it('LB3: a pair never meets twice, however often both are ready', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    for (let round = 0; round < 3; round += 1) {
      for (const name of ['ann', 'ben']) {
        const { matchId } = story.matchOf(name);
        story.say(name, { type: 'endCall', matchId, reason: 'left' });
        story.say(name, { type: 'ready' });
      }
    }
    expect(story.pairs).toEqual(['ann & ben']);
  });

  it('LB4: the longer waiting is the caller, and each side has the other one’s address', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const [ann, ben] = [story.matchOf('ann'), story.matchOf('ben')];
    expect([ann.role, ben.role]).toEqual(['caller', 'callee']);
    expect([ann.partnerName, ben.partnerName]).toEqual(['ben', 'ann']);
    expect([ann.partnerPeerId, ben.partnerPeerId]).toEqual([ben.peerId, ann.peerId]);
    expect(ann.brokerToken).not.toBe(ben.brokerToken);
    expect(ann.callMs).toBe(MINUTES_2);
  });

  it('LB5: who is not ready any more is told, and is not matched', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.say('ann', { type: 'notReady' });
    story.joinReady('ben');
    expect(story.heard('ann')).toEqual(['welcome', 'waiting', 'idle']);
    expect(story.pairs).toEqual([]);
  });
});

describe('the call', () => {
  it('LB6: without media on both sides in time, both are told and go to the head', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.say('ann', { type: 'mediaFlowing', matchId: story.matchOf('ann').matchId });
    story.pass(LIMITS.connectTimeoutMs - 1);
    expect(story.heard('ann')).not.toContain('ended');
    story.pass(1);
    for (const name of ['ann', 'ben']) {
      expect(story.last(name, 'ended')).toMatchObject({ reason: 'connectFailed', requeued: true });
    }
    expect(story.pairs).toHaveLength(1);
    expect(story.brokers).toEqual([]);
  });

  it('LB7: the time starts when both sides report media', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.pass(5_000);
    const { matchId } = story.matchOf('ann');
    story.say('ann', { type: 'mediaFlowing', matchId });
    story.say('ann', { type: 'mediaFlowing', matchId });
    expect(story.heard('ben')).not.toContain('live');
    story.say('ben', { type: 'mediaFlowing', matchId });
    expect(story.last('ann', 'live').remainingMs).toBe(MINUTES_2);
    expect(story.last('ben', 'live').remainingMs).toBe(MINUTES_2);
  });

  it('LB8: the remaining time is repeated at 30 s and at 10 s', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.pass(MINUTES_2 - 1);
    const remaining = story.messages('ben', 'live').map(({ remainingMs }) => remainingMs);
    expect(remaining).toEqual([MINUTES_2, 30_000, 10_000]);
  });

  it('LB8: a call shorter than a cue leaves the cue out', () => {
    const story = new LobbyStory({ callMs: 15_000 });
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.pass(14_000);
    const remaining = story.messages('ann', 'live').map(({ remainingMs }) => remainingMs);
    expect(remaining).toEqual([15_000, 10_000]);
  });

  it('LB9: on time comes the goodbye, then the end, and both are idle', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.pass(MINUTES_2);
    expect(story.last('ann', 'goodbye').remainingMs).toBe(LIMITS.goodbyeMs);
    expect(story.brokers).toHaveLength(1);
    story.joinReady('cem');
    story.pass(LIMITS.goodbyeMs);
    for (const name of ['ann', 'ben']) {
      expect(story.last(name, 'ended')).toMatchObject({ reason: 'timeUp', requeued: false });
    }
    expect(story.brokers).toEqual([]);
    expect(story.pairs).toEqual(['ann & ben']);
    story.say('ben', { type: 'ready' });
    expect(story.pairs.at(-1)).toBe('ben & cem');
  });

  it('LB10: who leaves a call is idle; the other is told, goes to the very head and meets the next', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    story.joinReady('cem');
    story.say('cem', { type: 'notReady' });
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    expect(story.last('ann', 'ended')).toMatchObject({ reason: 'youLeft', requeued: false });
    expect(story.last('ben', 'ended')).toMatchObject({ reason: 'partnerLeft', requeued: true });
    story.say('ann', { type: 'ready' });
    story.say('cem', { type: 'ready' });
    expect(story.pairs.at(-1)).toBe('ben & cem');
    expect(story.matchOf('ben').role).toBe('caller');
  });

  it('LB10: the one who was left meets somebody waiting in the same turn', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben', 'cem');
    const { matchId } = story.matchOf('ann');
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    expect(story.heard('ben').slice(-2)).toEqual(['ended', 'matched']);
    expect(story.pairs).toEqual(['ann & ben', 'ben & cem']);
  });

  it('LB10: who goes during the goodbye cuts nothing short for the other', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    story.pass(MINUTES_2);
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    expect(story.last('ben', 'ended')).toMatchObject({ reason: 'timeUp', requeued: false });
  });

  it('LB11: a failed call puts both at the head, in their old order, never with each other', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    story.joinReady('cem');
    story.say('ben', { type: 'endCall', matchId, reason: 'failed' });
    for (const name of ['ann', 'ben']) {
      expect(story.last(name, 'ended')).toMatchObject({ reason: 'connectionLost', requeued: true });
    }
    expect(story.pairs).toEqual(['ann & ben', 'ann & cem']);
    story.joinReady('dag');
    expect(story.pairs.at(-1)).toBe('ben & dag');
  });

  it('LB11: one that fails before it stood is connectFailed, and during the goodbye its time is up', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const { matchId } = story.matchOf('ann');
    story.say('ann', { type: 'endCall', matchId, reason: 'failed' });
    expect(story.last('ben', 'ended')).toMatchObject({ reason: 'connectFailed', requeued: true });
    story.joinReady('cem', 'dag');
    const second = story.startTalking('ann', 'cem');
    story.pass(MINUTES_2);
    story.say('ann', { type: 'endCall', matchId: second, reason: 'failed' });
    expect(story.last('cem', 'ended')).toMatchObject({ reason: 'timeUp', requeued: false });
  });

  it('LB18: camera and microphone state reach the partner, the later report wins', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const { matchId } = story.matchOf('ann');
    const report = (sequence: number, camera: boolean) =>
      story.say('ann', {
        type: 'mediaState',
        matchId,
        state: { camera, microphone: true, sequence },
      });
    report(2, false);
    report(1, true);
    report(2, true);
    expect(story.messages('ben', 'partnerMedia')).toHaveLength(1);
    expect(story.last('ben', 'partnerMedia').state.camera).toBe(false);
  });

  it('LB19: a message about another match, and ready in a call, are ignored', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const old = story.startTalking('ann', 'ben');
    story.say('ann', { type: 'endCall', matchId: old, reason: 'left' });
    story.joinReady('cem');
    const before = story.heard('ben').length;
    story.say('ben', { type: 'endCall', matchId: old, reason: 'failed' });
    story.say('ben', { type: 'mediaFlowing', matchId: 'neverHeardOf' as MatchId });
    story.say('ben', { type: 'ready' });
    story.say('cem', { type: 'mediaFlowing', matchId: old });
    expect(story.heard('ben')).toHaveLength(before);
    expect(story.pairs).toEqual(['ann & ben', 'ben & cem']);
  });
});

describe('coming and going', () => {
  it('LB12: a leave message gives the seat up, and the partner hears in the same turn', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.say('ann', { type: 'leave' });
    expect(story.closedWith('ann')).toBe(CLOSE.left);
    expect(story.last('ben', 'ended')).toMatchObject({ reason: 'partnerLeft', requeued: true });
    expect(story.lobby.counts()).toEqual({ here: 1, waiting: 1, inCall: 0 });
  });

  it('LB12: a socket closed for good gives the seat up at once', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.quit('ann');
    expect(story.last('ben', 'ended').reason).toBe('partnerLeft');
    expect(story.lobby.counts().here).toBe(1);
  });

  it('LB13: a dropped socket keeps seat, call and clock; the partner’s call goes on', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.pass(10_000);
    const ended = () =>
      story.messages('ben', 'ended').length + story.messages('ben', 'live').length;
    const before = ended();
    story.drop('ann');
    story.pass(LIMITS.resumeGraceMs - 1);
    story.resume('ann');
    expect(ended()).toBe(before);
    expect(story.last('ann', 'welcome').seat).toMatchObject({
      phase: 'live',
      remainingMs: MINUTES_2 - 10_000 - LIMITS.resumeGraceMs + 1,
    });
  });

  it('LB14: nobody is matched while away, and a waiting member keeps its place', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.drop('ann');
    story.joinReady('ben');
    expect(story.pairs).toEqual([]);
    story.resume('ann');
    expect(story.last('ann', 'welcome').seat).toMatchObject({ phase: 'waiting' });
    expect(story.pairs).toEqual(['ann & ben']);
    expect(story.matchOf('ann').role).toBe('caller');
  });

  it('LB15: the welcome back has the complete seat and a fresh token; the old one is void', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const { matchId } = story.matchOf('ben');
    const state = { camera: false, microphone: true, sequence: 7 };
    story.say('ben', { type: 'mediaState', matchId, state });
    const used = story.last('ann', 'welcome').resumeToken;
    story.drop('ann');
    story.resume('ann');
    const back = story.last('ann', 'welcome');
    expect(back.seat).toEqual({
      phase: 'connecting',
      match: story.matchOf('ann'),
      remainingMs: LIMITS.connectTimeoutMs,
      partnerMedia: state,
      partnerUp: true,
      moreTime: 'open',
    });
    expect(back.resumeToken).not.toBe(used);
    story.say('ann', { type: 'mediaFlowing', matchId });
    story.drop('ann');
    story.resume('ann', used);
    expect(story.closedWith('ann')).toBe(CLOSE.sessionUnknown);
  });

  it('LB15: a welcome that never arrived is given again for the token before it', () => {
    const story = new LobbyStory();
    story.join('ann');
    const used = story.last('ann', 'welcome').resumeToken;
    for (let lost = 0; lost < 3; lost += 1) {
      story.drop('ann');
      story.resume('ann', used);
      expect(story.closedWith('ann')).toBeNull();
    }
    const { resumeToken } = story.last('ann', 'welcome');
    story.drop('ann');
    story.resume('ann', resumeToken);
    expect(story.closedWith('ann')).toBeNull();
  });

  it('LB15: what happened while away is in the seat', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.drop('ann');
    story.say('ben', { type: 'leave' });
    story.resume('ann');
    expect(story.last('ann', 'welcome').seat).toMatchObject({ phase: 'waiting' });
  });

  it('LB16: when the grace is over the seat is gone, as if they had left', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.drop('ann');
    story.pass(LIMITS.resumeGraceMs);
    expect(story.last('ben', 'ended')).toMatchObject({ reason: 'partnerLeft', requeued: true });
    story.resume('ann');
    expect(story.closedWith('ann')).toBe(CLOSE.sessionUnknown);
  });

  it('LB17: the same person again takes a fresh seat, and the older socket is closed', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    const older = story.socketOf('ann');
    story.join('ann');
    expect(story.codeOf(older)).toBe(CLOSE.replaced);
    expect(story.last('ann', 'welcome').seat).toEqual({ phase: 'idle' });
    expect(story.last('ben', 'ended').reason).toBe('partnerLeft');
    story.handle({ type: 'ready', socket: older });
    story.handle({ type: 'socketGone', socket: older, forGood: true });
    expect(story.lobby.counts()).toEqual({ here: 2, waiting: 1, inCall: 0 });
  });
});

describe('presence', () => {
  it('LB20: counts are told at once, then at most once an interval, and only when changed', () => {
    const story = new LobbyStory();
    story.join('ann');
    expect(story.last('ann', 'presence').presence).toEqual({ here: 1, waiting: 0 });
    story.joinReady('ben', 'cem');
    expect(story.messages('ann', 'presence')).toHaveLength(1);
    story.pass(LIMITS.presenceIntervalMs);
    expect(story.messages('ann', 'presence')).toHaveLength(2);
    expect(story.last('ann', 'presence').presence).toEqual({ here: 3, waiting: 0 });
    story.pass(60_000);
    const counts = story.messages('ann', 'presence').length;
    story.pass(60_000);
    expect(story.messages('ann', 'presence')).toHaveLength(counts);
  });

  it('LB20: two who talk hear the counts every 10 s, and those of the moment when they come out', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.join('cem');
    story.pass(SERVER_LIMITS.presenceInCallMs);
    const toAnn = () => story.messages('ann', 'presence').length;
    const [before, toCem] = [toAnn(), story.messages('cem', 'presence').length];
    for (const name of ['dag', 'eve', 'fox', 'gus']) {
      story.join(name);
      story.pass(LIMITS.presenceIntervalMs);
    }
    expect(toAnn()).toBe(before);
    expect(story.messages('cem', 'presence')).toHaveLength(toCem + 4);
    story.pass(SERVER_LIMITS.presenceInCallMs);
    expect(story.last('ann', 'presence').presence).toEqual({ here: 7, waiting: 0 });
    story.join('hal');
    const { matchId } = story.matchOf('ann');
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    expect(story.last('ann', 'presence').presence.here).toBe(8);
    expect(story.last('ben', 'presence').presence.here).toBe(8);
  });

  it('LB20: counts that are the same again are told to who heard others in between', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.pass(SERVER_LIMITS.presenceInCallMs);
    story.joinReady('cem');
    story.pass(LIMITS.presenceIntervalMs);
    expect(story.last('cem', 'presence').presence).toEqual({ here: 3, waiting: 1 });
    story.joinReady('dag');
    story.startTalking('cem', 'dag');
    story.pass(LIMITS.presenceIntervalMs);
    expect(story.last('cem', 'presence').presence).toEqual({ here: 3, waiting: 1 });
    story.pass(SERVER_LIMITS.presenceInCallMs);
    expect(story.last('cem', 'presence').presence).toEqual({ here: 4, waiting: 0 });
  });
});
