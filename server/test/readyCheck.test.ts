import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { LobbyStory } from './lobbyStory.ts';
import { startServer, type TestServer } from './startServer.ts';

const { presentForMs, readyCheckMs } = LIMITS;
/** Some seconds past the time for which a sign counts. */
const LONG = presentForMs + 5_000;

describe('who has given no sign for long', () => {
  it('LB63: is asked when they could meet somebody, and meets them on the answer', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.pass(LONG);
    story.joinReady('ben');
    expect(story.pairs).toEqual([]);
    expect(story.last('ann', 'areYouThere')).toEqual({
      type: 'areYouThere',
      answerInMs: readyCheckMs,
    });
    expect(story.heard('ben')).toEqual(['welcome', 'waiting']);
    story.pass(readyCheckMs - 1);
    story.say('ann', { type: 'present' });
    expect(story.pairs).toEqual(['ann & ben']);
    expect(story.matchOf('ann').role).toBe('caller');
  });

  it('LB63: is left in peace while there is nobody to meet', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const { matchId } = story.matchOf('ann');
    for (const name of ['ann', 'ben']) {
      story.say(name, { type: 'endCall', matchId, reason: 'left' });
      story.say(name, { type: 'ready' });
    }
    story.pass(5 * LONG);
    expect(story.heard('ann')).not.toContain('areYouThere');
    expect(story.heard('ann').at(-1)).toBe('waiting');
  });

  it('LB64: and does not answer in time, waits no more and is told why', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.pass(LONG);
    story.joinReady('ben');
    story.pass(readyCheckMs);
    expect(story.last('ann', 'idle')).toEqual({ type: 'idle', reason: 'noAnswer' });
    story.say('ann', { type: 'present' });
    expect(story.pairs).toEqual([]);
    story.say('ann', { type: 'ready' });
    expect(story.pairs).toEqual(['ann & ben']);
    expect(story.matchOf('ben').role).toBe('caller');
  });

  it('LB65: delays nobody: the others meet each other meanwhile', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.pass(LONG);
    story.joinReady('ben', 'cem');
    expect(story.pairs).toEqual(['ben & cem']);
  });

  it('LB65: may be several, who are asked together; the first to answer is met', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const { matchId } = story.matchOf('ann');
    for (const name of ['ann', 'ben']) {
      story.say(name, { type: 'endCall', matchId, reason: 'left' });
      story.say(name, { type: 'ready' });
    }
    story.pass(LONG);
    story.joinReady('cem');
    for (const name of ['ann', 'ben']) expect(story.heard(name)).toContain('areYouThere');
    story.say('ben', { type: 'present' });
    expect(story.pairs.at(-1)).toBe('ben & cem');
    story.pass(readyCheckMs);
    expect(story.last('ann', 'idle').reason).toBe('noAnswer');
  });

  it('LB66: what they press counts as a sign, and what their panel says by itself does not', () => {
    const story = new LobbyStory();
    story.join('ann');
    story.pass(presentForMs - 1_000);
    story.say('ann', { type: 'present' });
    story.pass(presentForMs - 1_000);
    story.joinReady('ben');
    story.say('ann', { type: 'ready', automatic: true });
    expect(story.pairs).toEqual(['ann & ben']);

    const later = new LobbyStory();
    later.join('ann');
    later.pass(LONG);
    later.joinReady('ben');
    later.say('ann', { type: 'ready', automatic: true });
    expect(later.heard('ann').slice(-2)).toEqual(['waiting', 'areYouThere']);
    later.say('ann', { type: 'notReady' });
    later.say('ann', { type: 'ready' });
    expect(later.pairs).toEqual(['ann & ben']);
  });

  it('LB66: a ready pressed while they wait answers as well', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.pass(LONG);
    story.joinReady('ben');
    story.say('ann', { type: 'ready' });
    expect(story.pairs).toEqual(['ann & ben']);
  });

  it('LB67: is not asked while away, and is asked again on return', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.pass(LONG);
    story.joinReady('ben');
    story.drop('ann');
    story.pass(readyCheckMs + 1_000);
    story.resume('ann');
    expect(story.last('ann', 'welcome').seat).toMatchObject({ phase: 'waiting' });
    expect(story.heard('ann').at(-1)).toBe('areYouThere');
    story.say('ann', { type: 'present' });
    expect(story.pairs).toEqual(['ann & ben']);
  });
});

describe('over real sockets', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ limits: { presentForMs: 400, readyCheckMs: 200 } });
  }, 60_000);
  afterAll(() => server.close());

  it('LS31: who does not answer is out of the line; who answers is matched', async () => {
    const { eventId } = (await server.register({ callSeconds: 30 })).event;
    const ann = await LobbyClient.enter(server, eventId, { name: 'Ann' });
    const [cem, dag] = await LobbyClient.enterReady(server, eventId, 'Cem', 'Dag');
    await startTalking(cem!, dag!);
    // A call of 600 ms has gone by since Ann did anything.
    await cem!.next('goodbye');
    ann.say({ type: 'ready', automatic: true });
    await ann.next('waiting');
    const [ben] = await LobbyClient.enterReady(server, eventId, 'Ben');
    await ann.next('areYouThere');
    expect(await ann.next('idle')).toMatchObject({ reason: 'noAnswer' });
    ann.say({ type: 'ready' });
    ben!.say({ type: 'present' });
    const [one, other] = await Promise.all([ann.matched(), ben!.matched()]);
    expect(one.matchId).toBe(other.matchId);
  });
});
