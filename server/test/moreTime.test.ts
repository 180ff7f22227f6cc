import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MatchId } from '../../shared/ids.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { LobbyStory } from './lobbyStory.ts';
import { startServer, type TestServer } from './startServer.ts';

const MINUTES_2 = 120_000;

describe('two who talk', () => {
  function talking(callMs?: number): { story: LobbyStory; matchId: MatchId } {
    const story = new LobbyStory(callMs === undefined ? {} : { callMs });
    story.joinReady('ann', 'ben');
    return { story, matchId: story.startTalking('ann', 'ben') };
  }

  it('LB60: get their time again when both ask, with its cues', () => {
    const { story, matchId } = talking();
    story.pass(100_000);
    story.say('ann', { type: 'wantMore', matchId });
    story.say('ben', { type: 'wantMore', matchId });
    const news = { type: 'live', matchId, remainingMs: 20_000 + MINUTES_2, extended: true };
    expect(story.last('ann', 'live')).toEqual(news);
    expect(story.last('ben', 'live')).toEqual(news);
    story.pass(20_000 + MINUTES_2 - 1);
    expect(story.messages('ann', 'live').map(({ remainingMs }) => remainingMs)).toEqual([
      MINUTES_2,
      30_000,
      140_000,
      30_000,
      10_000,
    ]);
    story.pass(1);
    expect(story.last('ann', 'goodbye').remainingMs).toBe(LIMITS.goodbyeMs);
  });

  it('LB60: get no more than two minutes, and no more than their call was long', () => {
    for (const [callMs, moreMs] of [
      [600_000, MINUTES_2],
      [15_000, 15_000],
    ] as const) {
      const { story, matchId } = talking(callMs);
      expect(story.matchOf('ann').moreMs).toBe(moreMs);
      for (const name of ['ann', 'ben']) story.say(name, { type: 'wantMore', matchId });
      expect(story.last('ann', 'live').remainingMs).toBe(callMs + moreMs);
    }
  });

  it('LB61: do not hear what the other asks alone; each sees it in the own seat', () => {
    const { story, matchId } = talking();
    const before = story.heard('ben');
    story.say('ann', { type: 'wantMore', matchId });
    story.say('ann', { type: 'wantMore', matchId });
    expect(story.heard('ben')).toEqual(before);
    for (const name of ['ann', 'ben']) {
      story.drop(name);
      story.resume(name);
    }
    expect(story.last('ann', 'welcome').seat).toMatchObject({ moreTime: 'asked' });
    expect(story.last('ben', 'welcome').seat).toMatchObject({ moreTime: 'open' });
    story.pass(MINUTES_2);
    expect(story.heard('ann').at(-1)).toBe('goodbye');
  });

  it('LB62: go on out of the goodbye', () => {
    const { story, matchId } = talking();
    story.pass(MINUTES_2 - 1);
    story.say('ben', { type: 'wantMore', matchId });
    story.pass(LIMITS.goodbyeMs);
    story.say('ann', { type: 'wantMore', matchId });
    expect(story.last('ben', 'live')).toMatchObject({ remainingMs: MINUTES_2, extended: true });
    story.pass(MINUTES_2 + LIMITS.goodbyeMs);
    expect(story.last('ann', 'ended')).toMatchObject({ reason: 'timeUp' });
  });

  it('LB62: ask in vain before the time runs, and once time was added', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const { matchId } = story.matchOf('ann');
    const bothAsk = () => {
      for (const name of ['ann', 'ben']) story.say(name, { type: 'wantMore', matchId });
    };
    bothAsk();
    story.startTalking('ann', 'ben');
    expect(story.last('ann', 'live').remainingMs).toBe(MINUTES_2);
    bothAsk();
    bothAsk();
    expect(story.messages('ann', 'live')).toHaveLength(2);
    story.drop('ann');
    story.resume('ann');
    expect(story.last('ann', 'welcome').seat).toMatchObject({
      remainingMs: 2 * MINUTES_2,
      moreTime: 'added',
    });
  });
});

it('LB68: leaving gains nothing: who left is behind everybody when ready again', () => {
  const story = new LobbyStory();
  story.joinReady('ann', 'ben');
  const matchId = story.startTalking('ann', 'ben');
  story.say('ann', { type: 'endCall', matchId, reason: 'left' });
  story.say('ann', { type: 'ready' });
  expect(story.pairs).toEqual(['ann & ben']);
  story.joinReady('cem');
  expect(story.pairs.at(-1)).toBe('ben & cem');
  story.joinReady('dag');
  expect(story.pairs.at(-1)).toBe('ann & dag');
});

describe('over real sockets', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ limits: { goodbyeMs: 2_000 } });
  }, 60_000);
  afterAll(() => server.close());

  it('LS30: two who both ask for more time talk on, out of the goodbye too', async () => {
    const { eventId } = (await server.register()).event;
    const [ann, ben] = await LobbyClient.enterReady(server, eventId, 'Ann', 'Ben');
    const { matchId, moreMs } = await startTalking(ann!, ben!);
    await Promise.all([ann!.next('goodbye'), ben!.next('goodbye')]);
    for (const client of [ann!, ben!]) client.say({ type: 'wantMore', matchId });
    const [first, second] = await Promise.all([ann!.next('live'), ben!.next('live')]);
    expect(first).toEqual({ type: 'live', matchId, remainingMs: moreMs, extended: true });
    expect(second).toEqual(first);
    await Promise.all([ann!.next('goodbye'), ben!.next('goodbye')]);
  });
});
