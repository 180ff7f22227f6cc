import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok, fail } from '../../shared/result.ts';
import type { MatchId } from '../../shared/ids.ts';
import { ConsoleAnswerSchema, type RegisterAnswer } from '../../shared/protocol/http.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { LobbyStory } from './lobbyStory.ts';
import { QuickPairs, runnerScene, SlowPairs, turn } from './runnerScene.ts';
import { anyToken, errorOf, shaped, startServer, type TestServer } from './startServer.ts';

describe('a new cycle', () => {
  /** Ann and Ben have met, and both wait. */
  function metAndWaiting(): LobbyStory {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    story.say('ann', { type: 'ready' });
    story.pass(10_000);
    return story;
  }

  it('LB80: those who have met and wait are paired again at once, and once more only', () => {
    const story = metAndWaiting();
    expect(story.pairs).toEqual(['ann & ben']);
    story.changeEvent({ cycle: 2 });
    expect(story.pairs).toEqual(['ann & ben', 'ann & ben']);
    const matchId = story.startTalking('ann', 'ben');
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    story.say('ann', { type: 'ready' });
    story.pass(60_000);
    expect(story.pairs).toHaveLength(2);
  });

  it('LB80: the same cycle again, and an earlier one, change nothing', () => {
    const story = metAndWaiting();
    story.changeEvent({ cycle: 2 });
    story.say('ann', { type: 'endCall', matchId: story.matchOf('ann').matchId, reason: 'failed' });
    for (const cycle of [2, 1]) story.changeEvent({ cycle });
    story.pass(10_000);
    expect(story.pairs).toHaveLength(2);
  });

  it('LB80: while the organizer has paused nobody is matched by it', () => {
    const story = metAndWaiting();
    story.handle({ type: 'reschedule', plan: { paused: true, rounds: null } });
    story.changeEvent({ cycle: 2 });
    expect(story.pairs).toHaveLength(1);
    story.handle({ type: 'reschedule', plan: { paused: false, rounds: null } });
    expect(story.pairs).toHaveLength(2);
  });

  it('LB81: two who talk at that moment have met in the new cycle, and talk on', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    story.changeEvent({ cycle: 2 });
    expect(story.carried).toEqual(['ann & ben in 2']);
    expect(story.heard('ann')).not.toContain('ended');
    story.say('ann', { type: 'endCall', matchId, reason: 'failed' });
    story.pass(60_000);
    expect(story.pairs).toEqual(['ann & ben']);
  });

  it('LB82: everybody is told of it, who is away on their return', () => {
    const story = new LobbyStory();
    story.join('ann', 'ben');
    story.joinReady('cem', 'dag');
    story.drop('ben');
    story.changeEvent({ cycle: 2 });
    for (const name of ['ann', 'cem', 'dag']) expect(story.heard(name)).toContain('newCycle');
  });

  it('LB83: who has met everybody who is here is told, and told when that is over', () => {
    const story = metAndWaiting();
    expect(story.last('ann', 'expectedWait').metEverybody).toBe(true);
    story.join('cem');
    story.pass(10_000);
    expect(story.last('ann', 'expectedWait').metEverybody).toBeUndefined();
    story.quit('cem');
    story.pass(10_000);
    expect(story.last('ann', 'expectedWait').metEverybody).toBe(true);
  });

  it('LB83: two of whom one has blocked the other read it anew in each cycle, since they meet in none', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.block('ann');
    story.say('ann', { type: 'ready' });
    story.pass(10_000);
    for (const cycle of [2, 3]) {
      const before = story.heard('ben').length;
      story.changeEvent({ cycle });
      story.pass(10_000);
      for (const name of ['ann', 'ben'])
        expect(story.last(name, 'expectedWait').metEverybody).toBe(true);
      const since = story.heard('ben').slice(before);
      expect(since.lastIndexOf('expectedWait')).toBeGreaterThan(since.indexOf('newCycle'));
    }
    expect(story.pairs).toEqual(['ann & ben']);
  });

  it('LB83: who is alone has not met everybody', () => {
    const story = metAndWaiting();
    story.quit('ben');
    story.pass(10_000);
    expect(story.last('ann', 'expectedWait').metEverybody).toBeUndefined();
  });
});

describe('what is written of a new cycle', () => {
  const SILENT = { send: () => undefined, close: () => undefined };
  const change = { title: 'A talk', callMs: 60_000, minimumMs: 0, relayOnly: false };

  it('ST50: those who talk are written for the new cycle, and nobody waits for it', async () => {
    const { runner, join, metPairs } = runnerScene({ metPairs: new QuickPairs() });
    for (const name of ['ann', 'ben']) join(name, SILENT).said({ type: 'ready' });
    await turn();
    runner.changeEvent({ ...change, cycle: 2 });
    await turn();
    expect(metPairs.written.map(({ cycle }) => cycle)).toEqual([1, 2]);
  });

  it('ST50: what could not be written of that is written with the next pairs', async () => {
    const { runner, join, metPairs } = runnerScene({ metPairs: new SlowPairs() });
    const enter = (name: string) => join(name, SILENT).said({ type: 'ready' });
    enter('ann');
    enter('ben');
    metPairs.writes[0]!.end(ok(new Set<MatchId>()));
    await turn();
    runner.changeEvent({ ...change, cycle: 2 });
    metPairs.writes[1]!.end(fail('storageFailed'));
    await turn();
    expect(runner.counts().inCall).toBe(2);
    enter('cem');
    enter('dag');
    const written = metPairs.writes[2]!.pairs.map(({ pair, cycle }) => [...pair, cycle]);
    expect(written).toEqual([
      ['ann', 'ben', 2],
      ['cem', 'dag', 2],
    ]);
  });

  it('ST50: of a match that came to nothing nothing is carried over', async () => {
    const { runner, join, metPairs } = runnerScene({ metPairs: new SlowPairs() });
    for (const name of ['ann', 'ben']) join(name, SILENT).said({ type: 'ready' });
    runner.changeEvent({ ...change, cycle: 2 });
    metPairs.writes[0]!.end(fail('storageFailed'));
    await turn();
    expect(metPairs.writes).toHaveLength(1);
    expect(runner.counts()).toMatchObject({ waiting: 2, inCall: 0 });
  });
});

describe('the owner', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.close());

  const ask = ({ event, ownerSecret }: RegisterAnswer, cycle: number) =>
    server.request('PATCH', `/api/events/${event.eventId}`, {
      bearer: ownerSecret,
      body: { cycle },
    });

  it('OW30: begins the next cycle, one step at a time, and asked twice goes one', async () => {
    const owned = await server.register();
    expect(owned.event.cycle).toBe(1);
    const [once, twice] = await Promise.all([ask(owned, 2), ask(owned, 2)]);
    for (const answer of [once, twice])
      expect(shaped(ConsoleAnswerSchema, answer, 200).event.cycle).toBe(2);
    for (const cycle of [1, 4]) {
      const refused = await ask(owned, cycle);
      expect([refused.status, errorOf(refused).reason]).toEqual([409, 'changedMeanwhile']);
    }
    expect((await ask(owned, 0)).status).toBe(400);
  });

  it('OW31: the event’s people meet again, and after a restart of the lobby only in this cycle', async () => {
    const owned = await server.register({ callSeconds: 15 });
    const [ann, ben] = [anyToken(), anyToken()];
    const { eventId } = owned.event;
    const people = [
      await LobbyClient.enter(server, eventId, { name: 'Ann', deviceToken: ann }),
      await LobbyClient.enter(server, eventId, { name: 'Ben', deviceToken: ben }),
    ] as const;
    for (const person of people) person.say({ type: 'ready' });
    const first = await startTalking(...people);
    for (const person of people) {
      await person.next('ended');
      person.say({ type: 'ready' });
    }
    await ask(owned, 2);
    for (const person of people) await person.next('newCycle');
    expect((await people[0].matched()).matchId).not.toBe(first);
  });
});
