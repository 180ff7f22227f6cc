import { describe, expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { LobbyStory } from './lobbyStory.ts';

const MINUTES_2 = 120_000;

describe('closing', () => {
  it('LB21: who is idle or waiting is sent home; a call has its time and its goodbye first', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben', 'cem');
    story.join('dag');
    story.startTalking('ann', 'ben');
    story.handle({ type: 'close' });
    expect(story.closedWith('cem')).toBe(CLOSE.lobbyClosed);
    expect(story.closedWith('dag')).toBe(CLOSE.lobbyClosed);
    story.join('eve');
    expect(story.closedWith('eve')).toBe(CLOSE.lobbyClosed);
    story.pass(MINUTES_2);
    expect(story.closedWith('ann')).toBeNull();
    story.pass(LIMITS.goodbyeMs);
    for (const name of ['ann', 'ben']) {
      expect(story.last(name, 'ended')).toMatchObject({ reason: 'lobbyClosed', requeued: false });
      expect(story.closedWith(name)).toBe(CLOSE.lobbyClosed);
    }
    expect(story.lobby.counts().here).toBe(0);
    expect(story.lobby.wakeAt()).toBeNull();
  });

  it('LB22: after reopening people come in and meet again', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.handle({ type: 'close' });
    story.handle({ type: 'reopen' });
    story.joinReady('ann', 'ben');
    expect(story.pairs).toEqual(['ann & ben']);
  });

  it('LB23: a changed call length holds for matches made afterwards', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.changeEvent({ title: 'Another talk', callMs: 60_000 });
    story.startTalking('ann', 'ben');
    expect(story.last('ann', 'live').remainingMs).toBe(MINUTES_2);
    story.joinReady('cem', 'dag');
    expect(story.matchOf('cem').callMs).toBe(60_000);
    expect(story.last('dag', 'welcome').eventTitle).toBe('Another talk');
  });
});

describe('storage', () => {
  it('LB24: a pair that the storage knows is cancelled, counts as met, and both are at the head', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.handle({ type: 'pairRefused', matchId: story.matchOf('ann').matchId });
    expect(story.heard('ann').at(-1)).toBe('waiting');
    expect(story.heard('ben').at(-1)).toBe('waiting');
    expect(story.brokers).toEqual([]);
    story.joinReady('cem');
    story.pass(60_000);
    expect(story.pairs.filter((pair) => pair === 'ann & ben')).toHaveLength(1);
    expect(story.pairs).toContain('ann & cem');
  });

  it('LB25: after a storage failure matching pauses, then the same pair is tried again', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.handle({ type: 'pairUnrecorded', matchId: story.matchOf('ann').matchId });
    story.joinReady('cem', 'dag');
    expect(story.pairs).toHaveLength(1);
    story.pass(999);
    expect(story.pairs).toHaveLength(1);
    story.pass(1);
    expect(story.pairs).toEqual(['ann & ben', 'ann & ben', 'cem & dag']);
  });
});
