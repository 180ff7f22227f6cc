import { describe, expect, it } from 'vitest';
import { BASIC_CAPABILITIES } from '../../shared/codecs/capabilities.ts';
import type { MatchId } from '../../shared/ids.ts';
import { ANYBODY } from '../../shared/protocol/whoMeets.ts';
import type { Traits } from '../../shared/protocol/wishes.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { LobbyStory } from './lobbyStory.ts';

const NOBODY = 'nobody' as MatchId;
const HOLD = SERVER_LIMITS.smallLobbyHoldMs;

/** Nobody is matched until the pause is over; then all who wait are released together. */
const pause = (story: LobbyStory) => story.handle({ type: 'pairUnrecorded', matchId: NOBODY });

const readyWith = (story: LobbyStory, name: string, traits: Partial<Traits>) => {
  story.join(name);
  const told: Traits = { group: null, languages: [], interests: [], ...traits };
  story.say(name, {
    type: 'ready',
    wishes: { capabilities: BASIC_CAPABILITIES, addressPrivacy: 'whenPossible', traits: told },
  });
};

/** `one` and `other` have met; both are idle. */
const meet = (story: LobbyStory, one: string, other: string) => {
  for (const name of [one, other]) story.say(name, { type: 'ready' });
  const { matchId } = story.matchOf(one);
  story.say(one, { type: 'endCall', matchId, reason: 'left' });
  story.say(other, { type: 'notReady' });
};

describe('who meets whom', () => {
  it('LB40: people who are released together make as many pairs as there can be', () => {
    const story = new LobbyStory();
    story.join('ann', 'ben', 'cem', 'dag');
    meet(story, 'ann', 'ben');
    meet(story, 'cem', 'ann');
    pause(story);
    for (const name of ['cem', 'dag', 'ben', 'ann']) story.say(name, { type: 'ready' });
    story.pass(SERVER_LIMITS.storagePauseMs);
    expect(story.pairs.slice(2).toSorted()).toEqual(['ann & dag', 'ben & cem']);
  });

  it('LB41: of three who are released, it is not the same one twice who is left over', () => {
    for (const longest of ['ann', 'ben', 'cem']) {
      const story = new LobbyStory({ rules: { smallLobbySize: 0 } });
      const names = [longest, ...['ann', 'ben', 'cem'].filter((name) => name !== longest)];
      story.join(...names, 'dag', 'eve');
      pause(story);
      for (const name of names) story.say(name, { type: 'ready' });
      story.pass(SERVER_LIMITS.storagePauseMs);
      const left = names.find((name) => !story.pairs.join().includes(name))!;
      pause(story);
      for (const name of ['dag', 'eve']) story.say(name, { type: 'ready' });
      story.pass(SERVER_LIMITS.storagePauseMs);
      expect(story.pairs.slice(1).join(), `${left} was left over`).toContain(left);
    }
  });

  /** Of these, released together, the one who is left over; nobody is held back for somebody better. */
  const leaveOver = (story: LobbyStory, names: readonly string[]): string => {
    const before = story.pairs.length;
    pause(story);
    for (const name of names) story.say(name, { type: 'ready' });
    story.pass(SERVER_LIMITS.storagePauseMs);
    return names.find((name) => !story.pairs.slice(before).join().includes(name))!;
  };

  it('LB41: who was left over comes before those whose calls have failed since', () => {
    const story = new LobbyStory({ rules: { smallLobbySize: 0 } });
    const names = ['ann', 'ben', 'cem', 'dag', 'eve'];
    story.join(...names);
    const left = leaveOver(story, names);
    pause(story);
    for (const [caller] of story.pairs.map((pair) => pair.split(' & '))) {
      const { matchId } = story.matchOf(caller!);
      story.say(caller!, { type: 'endCall', matchId, reason: 'failed' });
    }
    story.pass(SERVER_LIMITS.storagePauseMs);
    expect(story.pairs.slice(2).join(), `${left} was left over`).toContain(left);
  });

  it('LB41: and whoever comes alone meets them first', () => {
    const story = new LobbyStory({ rules: { smallLobbySize: 0 } });
    const names = ['ann', 'ben', 'cem'];
    story.join(...names, 'fay', 'gil', 'hal', 'ida');
    for (const name of names) meet(story, name, 'fay');
    for (const name of ['fay', 'gil']) story.say(name, { type: 'ready' });
    const left = leaveOver(story, names);
    const { matchId } = story.matchOf('gil');
    story.say('gil', { type: 'endCall', matchId, reason: 'left' });
    const before = story.pairs.length;
    for (const name of ['hal', 'ida']) story.say(name, { type: 'ready' });
    expect(story.pairs.slice(before)).toEqual([`${left} & hal`, 'fay & ida']);
  });

  it('LB43: rules that change bring those together at once whom only the old ones kept apart', () => {
    const story = new LobbyStory();
    story.handle({ type: 'changeRules', whoMeets: { groups: 'notWithin', languages: 'any' } });
    readyWith(story, 'ann', { group: 'acme' });
    readyWith(story, 'ben', { group: 'acme' });
    expect(story.pairs).toEqual([]);
    story.handle({ type: 'changeRules', whoMeets: ANYBODY });
    expect(story.pairs).toEqual(['ann & ben']);
  });

  it('LB43: an event may want people to meet others than their own group, or only those', () => {
    const notWithin = new LobbyStory();
    notWithin.handle({ type: 'changeRules', whoMeets: { groups: 'notWithin', languages: 'any' } });
    readyWith(notWithin, 'ann', { group: 'acme' });
    readyWith(notWithin, 'ben', { group: 'acme' });
    readyWith(notWithin, 'cem', { group: 'beta' });
    expect(notWithin.pairs).toEqual(['ann & cem']);
    const onlyWithin = new LobbyStory();
    onlyWithin.handle({
      type: 'changeRules',
      whoMeets: { groups: 'onlyWithin', languages: 'any' },
    });
    readyWith(onlyWithin, 'ann', { group: 'acme' });
    readyWith(onlyWithin, 'ben', { group: 'beta' });
    readyWith(onlyWithin, 'cem', {});
    expect(onlyWithin.pairs).toEqual(['ann & cem']);
  });

  it('LB43: an event may want a common language', () => {
    const story = new LobbyStory();
    story.handle({ type: 'changeRules', whoMeets: { groups: 'anybody', languages: 'shared' } });
    readyWith(story, 'ann', { languages: ['de'] });
    readyWith(story, 'ben', { languages: ['en', 'fr'] });
    expect(story.pairs).toEqual([]);
    readyWith(story, 'cem', { languages: ['fr', 'de'] });
    expect(story.pairs).toEqual(['ann & cem']);
  });

  it('LB44: shared interests decide between those who have waited equally long, and no others', () => {
    const story = new LobbyStory();
    story.handle({ type: 'changeRules', whoMeets: { groups: 'notWithin', languages: 'any' } });
    const waiting = { group: 'acme' };
    readyWith(story, 'ann', { ...waiting, interests: ['tea'] });
    readyWith(story, 'ben', { ...waiting, interests: ['art'] });
    readyWith(story, 'cem', { interests: ['art'] });
    expect(story.pairs).toEqual(['ben & cem']);
    story.pass(1);
    readyWith(story, 'dag', { ...waiting, interests: ['art'] });
    readyWith(story, 'eve', { interests: ['art'] });
    expect(story.pairs.at(-1)).toBe('ann & eve');
  });
});

it('LB49: two who share an interest are told, and nobody else of it', () => {
  const story = new LobbyStory();
  readyWith(story, 'ann', { interests: ['tea', 'art', 'hallways'] });
  readyWith(story, 'ben', { interests: ['hallways', 'tea', 'chess'] });
  for (const name of ['ann', 'ben'])
    expect(story.matchOf(name).topics?.toSorted()).toEqual(['hallways', 'tea']);
  readyWith(story, 'cem', { interests: ['art'] });
  readyWith(story, 'dag', {});
  expect(story.matchOf('cem')).not.toHaveProperty('topics');
});

describe('a small lobby', () => {
  /** ann and ben could meet, but then cem and dag, who have met, would be left over. */
  const story = (rules: Partial<typeof SERVER_LIMITS> = {}) => {
    const told = new LobbyStory({ rules });
    told.join('ann', 'ben');
    told.joinReady('cem', 'dag');
    told.startTalking('cem', 'dag');
    told.pass(120_000 + SERVER_LIMITS.goodbyeMs + SERVER_LIMITS.afterCallMs - 1_000);
    for (const name of ['ann', 'ben']) told.say(name, { type: 'ready' });
    return told;
  };

  it('LB45: a pair that would cost another one waits for those who are about to come back', () => {
    const told = story();
    expect(told.pairs).toEqual(['cem & dag']);
    told.pass(1_000);
    for (const name of ['cem', 'dag']) told.say(name, { type: 'ready' });
    expect(told.pairs).toHaveLength(3);
  });

  it('LB45: it is made after 2 s, and at once in a larger lobby or when nobody comes any more', () => {
    const patient = story();
    patient.pass(HOLD - 1);
    expect(patient.pairs).toHaveLength(1);
    patient.pass(1);
    expect(patient.pairs.at(-1)).toBe('ann & ben');
    expect(story({ smallLobbySize: 3 }).pairs.at(-1)).toBe('ann & ben');
    const deserted = story();
    deserted.quit('cem');
    deserted.quit('dag');
    deserted.pass(1);
    expect(deserted.pairs.at(-1)).toBe('ann & ben');
  });

  it('LB45: a pair that costs nobody anything is made at once', () => {
    const told = story();
    told.joinReady('eve');
    expect(told.pairs).toHaveLength(2);
    expect(told.pairs.at(-1)).toContain('eve');
  });
});

describe('the expected wait', () => {
  it('LB46: it is that of the call whose people come back first and may be met', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.pass(60_000);
    story.joinReady('cem');
    story.pass(SERVER_LIMITS.forecastIntervalMs);
    const { waitMs } = story.last('cem', 'expectedWait');
    expect(waitMs).toBeLessThanOrEqual(
      60_000 + SERVER_LIMITS.goodbyeMs + SERVER_LIMITS.afterCallMs,
    );
    expect(waitMs).toBeGreaterThan(60_000);
  });

  it('LB46: who has met everybody who is there is promised nothing', () => {
    const story = new LobbyStory();
    story.join('ann', 'ben', 'cem');
    meet(story, 'ann', 'ben');
    meet(story, 'cem', 'ann');
    story.joinReady('dag');
    story.say('ben', { type: 'ready' });
    story.startTalking('ben', 'dag');
    story.say('ann', { type: 'ready' });
    story.say('cem', { type: 'notReady' });
    story.quit('dag');
    story.pass(10_000);
    expect(story.last('ann', 'expectedWait')).toEqual({
      type: 'expectedWait',
      waitMs: null,
      metEverybody: true,
    });
  });

  it('LB47: it is told again only when it has changed by much, at most every 2 s', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.joinReady('cem');
    story.pass(60_000);
    expect(story.messages('cem', 'expectedWait')).toHaveLength(1);
    story.say('ann', { type: 'endCall', matchId: story.matchOf('ann').matchId, reason: 'failed' });
    expect(story.pairs).toHaveLength(2);
  });
});

it('LB20: among 4,000 people presence is told every 2 s', () => {
  const story = new LobbyStory();
  const names = Array.from({ length: 4_000 }, (_none, number) => `member${number}`);
  for (const name of names) story.join(name);
  story.pass(SERVER_LIMITS.presenceIntervalMs + 2_000);
  const before = story.messages('member0', 'presence').length;
  for (const name of ['ann', 'ben', 'cem', 'dag', 'eve']) {
    story.join(name);
    story.pass(1_000);
  }
  expect(story.messages('member0', 'presence').length - before).toBe(2);
});

it('LB20: above 200 people a member hears two counts a second at most, and counts alone', () => {
  const story = new LobbyStory();
  const names = Array.from({ length: 300 }, (_none, number) => `member${number}`);
  for (const name of names) {
    story.join(name);
    story.pass(20);
  }
  const heard = story.messages('member0', 'presence');
  expect(heard.length).toBeLessThanOrEqual((300 * 20) / 500 + 1);
  expect(JSON.stringify(heard.at(-1))).toHaveLength(
    JSON.stringify({ type: 'presence', presence: { here: 300, waiting: 0 } }).length,
  );
});
