import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleAnswerSchema } from '../../shared/protocol/http.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { LobbyStory } from './lobbyStory.ts';
import { errorOf, shaped, startServer, type TestServer } from './startServer.ts';

const MINIMUM_MS = 30_000;

/** Ann and Ben talk, and Cem waits. */
function talking(minimumMs = MINIMUM_MS) {
  const story = new LobbyStory({ minimumMs });
  story.joinReady('ann', 'ben', 'cem');
  const matchId = story.startTalking('ann', 'ben');
  const leave = () => {
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    story.say('ann', { type: 'ready' });
  };
  return { story, matchId, leave };
}

describe('who leaves a call before its minimum time', () => {
  it('LB110: is out of it at once, is told how long, and is matched when it would be over', () => {
    const { story, leave } = talking();
    story.pass(10_000);
    leave();
    const rest = MINIMUM_MS - 10_000;
    expect(story.last('ann', 'ended')).toMatchObject({ reason: 'youLeft', notBeforeMs: rest });
    expect(story.last('ann', 'waiting').notBeforeMs).toBe(rest);
    expect(story.pairs).toEqual(['ann & ben', 'ben & cem']);
    story.startTalking('ben', 'cem');
    story.joinReady('dag');
    story.pass(rest - 1);
    expect(story.pairs).toHaveLength(2);
    story.pass(1);
    expect(story.pairs.at(-1)).toBe('ann & dag');
  });

  it('LB110: is free at once when it is over, and where the event has none', () => {
    for (const [minimumMs, talkedMs] of [
      [MINIMUM_MS, MINIMUM_MS],
      [0, 1],
    ] as const) {
      const { story, leave } = talking(minimumMs);
      story.pass(talkedMs);
      leave();
      expect(story.last('ann', 'ended').notBeforeMs).toBeUndefined();
      story.joinReady('dag');
      expect(story.pairs.at(-1)).toBe('ann & dag');
    }
  });

  it('LB110: before the time runs it is the whole of it', () => {
    const story = new LobbyStory({ minimumMs: MINIMUM_MS });
    story.joinReady('ann', 'ben');
    story.pass(5_000);
    const { matchId } = story.matchOf('ann');
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    expect(story.last('ann', 'ended').notBeforeMs).toBe(MINIMUM_MS);
  });

  it('LB111: holds nobody else: who was left meets the next at once, and others meet meanwhile', () => {
    const { story, leave } = talking();
    leave();
    story.joinReady('dag', 'eve');
    expect(story.pairs).toEqual(['ann & ben', 'ben & cem', 'dag & eve']);
  });

  it('LB112: gains nothing by a fresh seat, nor by a broken line', () => {
    const { story } = talking();
    story.quit('ann');
    story.startTalking('ben', 'cem');
    story.joinReady('ann', 'dag');
    expect(story.last('ann', 'waiting').notBeforeMs).toBe(MINIMUM_MS);
    story.drop('ann');
    story.pass(10_000);
    story.resume('ann');
    expect(story.last('ann', 'welcome').seat).toMatchObject({ notBeforeMs: MINIMUM_MS - 10_000 });
    expect(story.pairs).toHaveLength(2);
    story.pass(MINIMUM_MS - 10_000);
    expect(story.pairs.at(-1)).toBe('ann & dag');
  });

  it('LB112: waits on in a lobby that was renewed after a fault', () => {
    const { story, leave } = talking();
    leave();
    const after = new LobbyStory({ minimumMs: MINIMUM_MS });
    const { snapshot } = story.lobby.wreck();
    const sockets = new Set(['ann', 'ben', 'cem'].map((name) => story.socketOf(name)));
    after.lobby.adopt(snapshot, sockets, 0);
    expect(after.lobby.wreck().snapshot.leavers).toEqual([['ann', MINIMUM_MS]]);
  });

  it('LB113: waits for nothing after blocking somebody, or when the call failed', () => {
    for (const end of ['block', 'failed'] as const) {
      const { story, matchId } = talking();
      if (end === 'block') story.block('ann');
      else story.say('ann', { type: 'endCall', matchId, reason: 'failed' });
      story.say('ann', { type: 'ready' });
      story.joinReady('dag');
      expect(story.pairs.filter((pair) => pair.includes('ann'))).toHaveLength(2);
    }
  });

  it('LB114: is told an expected wait that keeps to it', () => {
    const { story, leave } = talking();
    leave();
    story.joinReady('dag');
    story.pass(2_000);
    const { waitMs } = story.last('ann', 'expectedWait');
    expect(waitMs).toBe(MINIMUM_MS - 2_000);
    expect(story.last('dag', 'expectedWait').waitMs).toBe(waitMs);
  });

  it('LB63: who waits it out is no reason to ask somebody whether they are there', () => {
    const story = new LobbyStory({ minimumMs: MINIMUM_MS, rules: { presentForMs: 5_000 } });
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    story.joinReady('dag');
    story.pass(6_000);
    story.drop('ben');
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    story.say('ann', { type: 'ready' });
    story.pass(MINIMUM_MS - 6_000 - 1);
    expect(story.heard('dag')).not.toContain('areYouThere');
    story.pass(1);
    expect(story.heard('dag')).toContain('areYouThere');
  });

  it('LB115: a changed minimum holds for matches made afterwards', () => {
    const { story, leave } = talking();
    story.changeEvent({ minimumMs: 0 });
    leave();
    expect(story.last('ann', 'ended').notBeforeMs).toBe(MINIMUM_MS);
  });
});

describe('the owner', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.close());

  it('OW32: sets a minimum time of at most 30 s and a quarter of the call, or none', async () => {
    const owned = await server.register({ callSeconds: 60, minimumSeconds: 15 });
    expect(owned.event.minimumSeconds).toBe(15);
    expect((await server.register()).event.minimumSeconds).toBe(0);
    const path = `/api/events/${owned.event.eventId}`;
    const change = (body: object) =>
      server.request('PATCH', path, { bearer: owned.ownerSecret, body });
    for (const body of [{ minimumSeconds: 16 }, { callSeconds: 59 }, { minimumSeconds: 31 }]) {
      const refused = await change(body);
      expect([refused.status, errorOf(refused).reason]).toEqual([400, 'badRequest']);
    }
    const changed = await change({ minimumSeconds: 0, callSeconds: 15 });
    expect(shaped(ConsoleAnswerSchema, changed, 200).event.minimumSeconds).toBe(0);
  });

  it('OW33: who leaves early over a socket waits it out', async () => {
    const { event } = await server.register({ callSeconds: 60, minimumSeconds: 15 });
    const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
    const { matchId } = await startTalking(ann!, ben!);
    ann!.say({ type: 'endCall', matchId, reason: 'left' });
    expect((await ann!.next('ended')).notBeforeMs).toBeGreaterThan(0);
    ann!.say({ type: 'ready' });
    expect((await ann!.next('waiting')).notBeforeMs).toBeGreaterThan(0);
    await LobbyClient.enterReady(server, event.eventId, 'Cem', 'Dag');
    expect((await ann!.matched()).partnerName).not.toBe('Ben');
  });
});
