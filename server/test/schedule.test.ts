import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleAnswerSchema, type ChangeRequest } from '../../shared/protocol/http.ts';
import { LIMITS } from '../../shared/protocol/limits.ts';
import type { Rounds } from '../domain/lobby/schedule.ts';
import { LobbyClient, startTalking } from './lobbyClient.ts';
import { LobbyStory } from './lobbyStory.ts';
import { anyAddress, errorOf, shaped, startServer, type TestServer } from './startServer.ts';

const MINUTE = 60_000;
const PAUSED = { paused: true, rounds: null };
const RUNNING = { paused: false, rounds: null };
const inRounds = (rounds: Rounds) => ({ paused: false, rounds });

const reschedule = (story: LobbyStory, plan: typeof PAUSED | ReturnType<typeof inRounds>) =>
  story.handle({ type: 'reschedule', plan });

describe('a pause', () => {
  it('LB70: matches nobody new, lets calls go on, and is told to everybody', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    reschedule(story, PAUSED);
    story.joinReady('cem', 'dag');
    expect(story.pairs).toEqual(['ann & ben']);
    expect(story.last('ann', 'pairing').pairing).toEqual({ state: 'paused' });
    expect(story.last('cem', 'welcome').pairing).toEqual({ state: 'paused' });
    story.pass(60_000);
    expect(story.heard('ann')).not.toContain('ended');
    story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    expect(story.last('ben', 'ended')).toMatchObject({ reason: 'partnerLeft', requeued: true });
    expect(story.pairs).toHaveLength(1);
  });

  it('LB71: ends for all who wait at once', () => {
    const story = new LobbyStory();
    reschedule(story, PAUSED);
    story.joinReady('ann', 'ben', 'cem', 'dag', 'eve');
    reschedule(story, RUNNING);
    expect(story.pairs).toHaveLength(2);
    expect(story.last('eve', 'pairing').pairing).toEqual({ state: 'running' });
    story.joinReady('fay');
    expect(story.pairs).toHaveLength(3);
  });
});

describe('rounds', () => {
  const ROUNDS = { firstAt: MINUTE, everyMs: 5 * MINUTE };

  it('LB72: match at their beginning, for a while, and not in between', () => {
    const story = new LobbyStory();
    reschedule(story, inRounds(ROUNDS));
    story.joinReady('ann', 'ben');
    expect(story.last('ann', 'welcome').pairing).toEqual({
      state: 'betweenRounds',
      nextInMs: MINUTE,
    });
    story.pass(MINUTE - 1);
    expect(story.pairs).toEqual([]);
    story.pass(1);
    expect(story.pairs).toEqual(['ann & ben']);
    expect(story.last('ann', 'pairing').pairing).toEqual({ state: 'running' });
    story.startTalking('ann', 'ben');
    story.pass(LIMITS.roundOpenMs - 1);
    story.joinReady('cem', 'dag');
    expect(story.pairs.at(-1)).toBe('cem & dag');
    story.startTalking('cem', 'dag');
    story.pass(1);
    expect(story.last('ann', 'pairing').pairing).toEqual({
      state: 'betweenRounds',
      nextInMs: 5 * MINUTE - LIMITS.roundOpenMs,
    });
    story.joinReady('eve', 'fay');
    story.pass(5 * MINUTE - LIMITS.roundOpenMs - 1);
    expect(story.pairs).toHaveLength(2);
  });

  it('LB72: come again and again', () => {
    const story = new LobbyStory();
    reschedule(story, inRounds(ROUNDS));
    for (const [one, other] of [
      ['ann', 'ben'],
      ['cem', 'dag'],
      ['eve', 'fay'],
    ] as const) {
      const met = story.pairs.length;
      story.joinReady(one, other);
      expect(story.pairs).toHaveLength(met);
      story.pass((met === 0 ? MINUTE : 5 * MINUTE - LIMITS.roundOpenMs) - 1);
      for (const name of [one, other]) story.say(name, { type: 'present' });
      story.pass(1);
      expect(story.pairs.at(-1)).toBe(`${one} & ${other}`);
      story.quit(one);
      story.quit(other);
      story.pass(LIMITS.roundOpenMs);
    }
  });

  it('LB73: ask before they begin who has given no sign for long', () => {
    const story = new LobbyStory();
    reschedule(story, inRounds({ firstAt: 5 * MINUTE, everyMs: 5 * MINUTE }));
    story.joinReady('ann', 'ben', 'cem');
    story.pass(5 * MINUTE - LIMITS.readyCheckMs - 1);
    expect(story.heard('ann')).not.toContain('areYouThere');
    story.pass(1);
    for (const name of ['ann', 'ben', 'cem']) expect(story.heard(name)).toContain('areYouThere');
    story.say('ann', { type: 'present' });
    story.say('cem', { type: 'present' });
    expect(story.pairs).toEqual([]);
    story.pass(LIMITS.readyCheckMs);
    expect(story.pairs).toEqual(['ann & cem']);
    expect(story.last('ben', 'idle').reason).toBe('noAnswer');
  });

  it('LB74: are held up by a pause, and told at once when they change', () => {
    const story = new LobbyStory();
    reschedule(story, inRounds(ROUNDS));
    story.joinReady('ann', 'ben');
    story.handle({ type: 'reschedule', plan: { paused: true, rounds: ROUNDS } });
    story.pass(MINUTE + 1_000);
    expect(story.pairs).toEqual([]);
    reschedule(story, inRounds({ ...ROUNDS, firstAt: 2 * MINUTE }));
    const { pairing } = story.last('ann', 'pairing');
    expect(pairing).toEqual({ state: 'betweenRounds', nextInMs: MINUTE - 1_000 });
    reschedule(story, inRounds({ ...ROUNDS, firstAt: 3 * MINUTE }));
    expect(story.last('ann', 'pairing').pairing).toMatchObject({ nextInMs: 2 * MINUTE - 1_000 });
    reschedule(story, RUNNING);
    expect(story.pairs).toEqual(['ann & ben']);
  });
});

it('LB75: a lobby that was renewed keeps its pause and its rounds', () => {
  const ROUNDS = { firstAt: MINUTE, everyMs: 5 * MINUTE };
  for (const plan of [PAUSED, inRounds(ROUNDS)]) {
    const [broken, renewed] = [new LobbyStory(), new LobbyStory()];
    reschedule(broken, plan);
    renewed.lobby.adopt(broken.lobby.wreck().snapshot, new Set(), 0);
    renewed.joinReady('ann', 'ben');
    expect(renewed.pairs).toEqual([]);
    expect(renewed.last('ann', 'welcome').pairing.state).toBe(
      plan.paused ? 'paused' : 'betweenRounds',
    );
    renewed.pass(MINUTE);
    expect(renewed.pairs).toHaveLength(plan.paused ? 0 : 1);
  }
});

describe('of an owner', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(() => server.close());

  type Registered = Awaited<ReturnType<TestServer['register']>>;
  const change = ({ event, ownerSecret }: Registered, body: ChangeRequest) =>
    server.request('PATCH', `/api/events/${event.eventId}`, { bearer: ownerSecret, body });
  const changed = async (registered: Registered, body: ChangeRequest) =>
    shaped(ConsoleAnswerSchema, await change(registered, body), 200).event;

  it('OW20: a pause sends nobody home, and ends for all at once', async () => {
    const registered = await server.register({ callSeconds: 900 });
    const { eventId } = registered.event;
    const [ann, ben] = await LobbyClient.enterReady(server, eventId, 'Ann', 'Ben');
    await startTalking(ann!, ben!);
    expect((await changed(registered, { paused: true })).paused).toBe(true);
    expect((await ann!.next('pairing')).pairing.state).toBe('paused');
    const [cem, dag] = await LobbyClient.enterReady(server, eventId, 'Cem', 'Dag');
    expect(dag!.heard()).not.toContain('matched');
    expect((await changed(registered, { title: 'Still paused' })).paused).toBe(true);
    expect((await changed(registered, { paused: false })).paused).toBe(false);
    await Promise.all([cem!.matched(), dag!.matched()]);
    expect(ann!.heard()).not.toContain('ended');
  });

  it('OW21: rounds are given, kept, changed and taken back', async () => {
    const rounds = { firstAt: '2030-01-01T10:00:00.000Z', everyMinutes: 10 };
    const registered = await server.register({ rounds });
    expect(registered.event.rounds).toEqual(rounds);
    expect((await changed(registered, { title: 'Another' })).rounds).toEqual(rounds);
    const often = { ...rounds, everyMinutes: 5 };
    expect((await changed(registered, { rounds: often })).rounds).toEqual(often);
    expect((await changed(registered, { rounds: null })).rounds).toBeNull();
  });

  it.each<[string, ChangeRequest]>([
    [
      'closer together than a call',
      { rounds: { firstAt: '2030-01-01T10:00:00Z', everyMinutes: 1 }, callSeconds: 60 },
    ],
    ['that no call fits between any more', { callSeconds: 900 }],
    [
      'on a day that does not exist',
      { rounds: { firstAt: '2030-01-01T10:00:00+99:99', everyMinutes: 10 } },
    ],
    ['too rare', { rounds: { firstAt: '2030-01-01T10:00:00Z', everyMinutes: 1_000 } }],
  ])('OW21: rounds %s are refused and change nothing', async (_, body) => {
    const rounds = { firstAt: '2030-01-01T10:00:00.000Z', everyMinutes: 10 };
    const registered = await server.register({ rounds });
    const answer = await change(registered, body);
    expect([answer.status, errorOf(answer).reason]).toEqual([400, 'badRequest']);
    expect((await changed(registered, {})).rounds).toEqual(rounds);
  });

  it('OW22: people meet when the round begins, and not before', async () => {
    const firstAt = new Date(Date.now() + 1_500).toISOString();
    const { event } = await server.register({
      addresses: [anyAddress()],
      rounds: { firstAt, everyMinutes: 10 },
    });
    const [ann, ben] = await LobbyClient.enterReady(server, event.eventId, 'Ann', 'Ben');
    expect(ben!.heard()).not.toContain('matched');
    await Promise.all([ann!.matched(), ben!.matched()]);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(firstAt));
    expect(ann!.heard().indexOf('pairing')).toBeLessThan(ann!.heard().indexOf('matched'));
  });
});
