import { describe, expect, it } from 'vitest';
import { BASIC_CAPABILITIES } from '../../shared/codecs/capabilities.ts';
import type { MatchId, Millis } from '../../shared/ids.ts';
import { ANYBODY } from '../../shared/protocol/whoMeets.ts';
import type { LobbyEffect } from '../domain/lobby/lobbyEffect.ts';
import type { Three, TrioPlace } from '../domain/lobby/trioPlace.ts';
import type { Member } from '../domain/lobby/member.ts';
import { chooseTrios } from '../domain/matching/chooseTrios.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { LobbyStory } from './lobbyStory.ts';

const { trioAfterMs, trioAnswerMs, afterCallMs, goodbyeMs } = SERVER_LIMITS;
const NOBODY = 'nobody' as MatchId;

/** Notes what it is told, and tells nobody anything. */
class NotedPlace implements TrioPlace {
  readonly noted: string[] = [];

  ask(three: Three, answerInMs: Millis): readonly LobbyEffect[] {
    return this.#note(`ask for ${answerInMs}`, three);
  }

  withdraw(asked: readonly Member[]): readonly LobbyEffect[] {
    return this.#note('withdraw', asked);
  }

  begin(three: Three, cycle: number): readonly LobbyEffect[] {
    return this.#note(`begin in ${cycle}`, three);
  }

  #note(what: string, people: readonly Member[]): readonly LobbyEffect[] {
    this.noted.push([what, ...people.map(({ id }) => id)].join(' '));
    return [];
  }
}

const ASKED = `ask for ${trioAnswerMs} ann ben cem`;

const pause = (story: LobbyStory, paused: boolean) =>
  story.handle({ type: 'reschedule', plan: { paused, rounds: null } });

const answer = (story: LobbyStory, name: string, accepts: boolean) =>
  story.handle({ type: 'answerTrio', socket: story.socketOf(name), accepts });

/** Cem is of another group, which matters only where the rules of the event say so. */
const ready = (story: LobbyStory, name: string) => {
  const traits = { group: name === 'cem' ? 'two' : 'one', languages: [], interests: [] };
  const wishes = {
    capabilities: BASIC_CAPABILITIES,
    addressPrivacy: 'whenPossible',
    traits,
  } as const;
  story.say(name, { type: 'ready', wishes });
};

/** All of them wait for so long, and are then released together. */
const gather = (story: LobbyStory, names: readonly string[], waitMs = trioAfterMs) => {
  pause(story, true);
  for (const name of names) ready(story, name);
  story.pass(waitMs);
  pause(story, false);
};

/** A crowd of three that has waited long. */
const gathered = (names = ['ann', 'ben', 'cem'], waitMs = trioAfterMs) => {
  const place = new NotedPlace();
  const story = new LobbyStory({ trios: place });
  story.join(...names);
  gather(story, names, waitMs);
  return { place, story };
};

/** Both are idle then. */
const endCall = (story: LobbyStory, one: string, other: string) => {
  const { matchId } = story.matchOf(one);
  story.say(one, { type: 'endCall', matchId, reason: 'left' });
  story.say(other, { type: 'notReady' });
};

const meet = (story: LobbyStory, one: string, other: string) => {
  for (const name of [one, other]) ready(story, name);
  endCall(story, one, other);
};

const seatOf = (story: LobbyStory, name: string) => {
  const { members } = story.lobby.wreck().snapshot;
  return members.find(({ id }) => id === name)?.seat.phase;
};

describe('who is left over beside a pair, and has waited long', () => {
  it('LB120: is offered a conversation with the two instead, and all three keep waiting meanwhile', () => {
    const { place, story } = gathered();
    expect(place.noted).toEqual([ASKED]);
    expect(story.pairs).toEqual([]);
    for (const name of ['ann', 'ben', 'cem']) expect(seatOf(story, name)).toBe('waiting');
  });

  it('LB120: is offered nothing before that, and neither is whose wait will soon be over', () => {
    expect(gathered(undefined, trioAfterMs - 1).place.noted).toEqual([]);

    const untilCallEnds = 120_000 + goodbyeMs + afterCallMs;
    for (const [waitMs, offers] of [
      [untilCallEnds - trioAfterMs, 1],
      [untilCallEnds - trioAfterMs + 1, 0],
    ] as const) {
      const place = new NotedPlace();
      const story = new LobbyStory({ trios: place });
      story.joinReady('dag', 'eve');
      story.startTalking('dag', 'eve');
      story.join('ann', 'ben', 'cem');
      gather(story, ['ann', 'ben', 'cem'], waitMs);
      expect(place.noted).toHaveLength(offers);
    }
  });

  it('LB120: leaves the other pairs of a crowd alone', () => {
    const { place, story } = gathered(['ann', 'ben', 'cem', 'dag', 'eve']);
    expect(place.noted).toEqual([`ask for ${trioAnswerMs} ann ben eve`]);
    expect(story.pairs).toEqual(['cem & dag']);
  });

  it('LB120: is offered nothing when two of the three must not meet', () => {
    const place = new NotedPlace();
    const story = new LobbyStory({ trios: place });
    story.join('ann', 'ben', 'cem');
    meet(story, 'ben', 'cem');
    gather(story, ['ann', 'ben', 'cem']);
    expect(story.pairs).toEqual(['ben & cem', 'ann & ben']);
    expect(place.noted).toEqual([]);
  });

  it('LB120: is one of several, each with a pair of their own', () => {
    const people = ['ann', 'ben', 'cem', 'dag', 'eve', 'flo'];
    const pairs = [
      ['ann', 'ben'],
      ['cem', 'dag'],
    ] as const;
    const chosen = chooseTrios<string>(pairs, ['eve', 'flo'], {
      mayMeet: (one, other) => ![one, other].includes('ann') || ![one, other].includes('eve'),
      mayAsk: (person) => people.includes(person),
    });
    expect(chosen).toEqual({ trios: [{ pair: ['cem', 'dag'], odd: 'eve' }, { pair: ['ann', 'ben'], odd: 'flo' }], pairs: [] }); // prettier-ignore
  });

  it('LB121: talks with them when all three accept; they wait no more, and count as met', () => {
    const { place, story } = gathered();
    for (const name of ['cem', 'ann', 'ann']) answer(story, name, true);
    expect(place.noted).toEqual([ASKED]);
    answer(story, 'ben', true);
    expect(place.noted).toEqual([ASKED, 'begin in 1 ann ben cem']);
    expect(story.seats.size).toBe(0);
    for (const name of ['ann', 'ben', 'cem']) {
      expect(seatOf(story, name)).toBe('idle');
      story.say(name, { type: 'ready' });
    }
    story.pass(trioAfterMs);
    expect(story.pairs).toEqual([]);
    story.changeEvent({ cycle: 2 });
    expect(place.noted.at(-1)).toBe(ASKED);
  });

  it.each(['ann', 'ben', 'cem'])(
    'LB122: is at the head when %s says no, and the two meet at once',
    (name) => {
      const { place, story } = gathered();
      story.joinReady('dag');
      expect(story.pairs).toEqual([]);
      story.say('dag', { type: 'notReady' });
      for (const other of ['ann', 'ben', 'cem']) answer(story, other, other !== name);
      expect(place.noted.slice(1)).toEqual(['withdraw ann ben cem']);
      expect(story.pairs).toEqual(['ann & ben']);
      story.joinReady('eve');
      expect(story.pairs.at(-1)).toBe('cem & eve');
    },
  );

  it('LB122: is ahead of whoever has waited longer', () => {
    const rules = { resumeGraceMs: 2 * trioAfterMs };
    const story = new LobbyStory({ trios: new NotedPlace(), rules });
    story.join('ann', 'ben', 'cem', 'dag');
    meet(story, 'cem', 'dag');
    ready(story, 'dag');
    story.drop('dag');
    gather(story, ['ann', 'ben', 'cem']);
    answer(story, 'ann', false);
    story.resume('dag');
    story.joinReady('eve');
    expect(story.pairs).toEqual(['cem & dag', 'ann & ben', 'cem & eve']);
  });

  it('LB122: finds a partner among the two where somebody has come for the other', () => {
    const story = new LobbyStory({ trios: new NotedPlace() });
    story.join('ann', 'ben', 'cem', 'dag');
    meet(story, 'cem', 'dag');
    gather(story, ['ann', 'ben', 'cem']);
    ready(story, 'dag');
    answer(story, 'ben', false);
    expect(story.pairs).toHaveLength(3);
    expect(story.lobby.counts().waiting).toBe(0);
  });

  it('LB123: waits no longer than 10 s for the answers', () => {
    const { place, story } = gathered();
    for (const name of ['ann', 'ben']) answer(story, name, true);
    story.pass(trioAnswerMs - 1);
    expect(story.pairs).toEqual([]);
    story.pass(1);
    answer(story, 'cem', true);
    expect(place.noted).toEqual([ASKED, 'withdraw ann ben cem']);
    expect(story.pairs).toEqual(['ann & ben']);

    const { place: late, story: other } = gathered();
    for (const name of ['ann', 'ben']) answer(other, name, true);
    other.now += trioAnswerMs;
    answer(other, 'cem', true);
    expect(late.noted).toEqual([ASKED, 'withdraw ann ben cem']);
  });

  it.each<[string, (story: LobbyStory) => void, string[], string[]]>([
    [
      'one presses not ready',
      (story) => story.say('ben', { type: 'notReady' }),
      ['ann & cem'],
      ['ann', 'ben', 'cem'],
    ],
    ['one loses their socket', (story) => story.drop('cem'), ['ann & ben'], ['ann', 'ben', 'cem']],
    [
      'one comes back on another socket',
      (story) => story.resume('cem'),
      ['ann & ben'],
      ['ann', 'ben', 'cem'],
    ],
    ['one leaves', (story) => story.quit('ann'), ['ben & cem'], ['ben', 'cem']],
    ['the organizer pauses', (story) => pause(story, true), [], ['ann', 'ben', 'cem']],
    [
      'the storage fails',
      (story) => story.handle({ type: 'pairUnrecorded', matchId: NOBODY }),
      [],
      ['ann', 'ben', 'cem'],
    ],
    ['the lobby closes', (story) => story.handle({ type: 'close' }), [], []],
    [
      'the rules change',
      (story) =>
        story.handle({ type: 'changeRules', whoMeets: { ...ANYBODY, groups: 'onlyWithin' } }),
      ['ann & ben'],
      ['ann', 'ben', 'cem'],
    ],
  ])('LB123: is asked no longer when %s', (_what, happens, pairs, told) => {
    const { place, story } = gathered();
    happens(story);
    expect(place.noted.slice(1)).toEqual([['withdraw', ...told].join(' ')]);
    expect(story.pairs).toEqual(pairs);
  });

  it('LB123: is asked no longer when one of the three blocks another', () => {
    const place = new NotedPlace();
    const story = new LobbyStory({ trios: place });
    story.join('ann', 'ben', 'cem');
    meet(story, 'ann', 'ben');
    story.changeEvent({ cycle: 2 });
    gather(story, ['ann', 'ben', 'cem']);
    expect(place.noted).toEqual([ASKED]);
    story.block('ben');
    expect(place.noted.slice(1)).toEqual(['withdraw ann ben cem']);
    expect(story.pairs.slice(1)).toHaveLength(1);
    expect(story.pairs.at(-1)).toContain('cem');
  });

  it('LB124: is not asked again before the next call, and then is', () => {
    const { place, story } = gathered();
    answer(story, 'cem', false);
    story.say('cem', { type: 'notReady' });
    endCall(story, 'ann', 'ben');
    story.changeEvent({ cycle: 2 });
    gather(story, ['cem', 'ann', 'ben']);
    expect(place.noted).toHaveLength(2);
    expect(story.pairs.at(-1)).toBe('ann & cem');
    story.say('ben', { type: 'notReady' });
    endCall(story, 'cem', 'ann');
    story.changeEvent({ cycle: 3 });
    gather(story, ['ann', 'ben', 'cem']);
    expect(place.noted).toHaveLength(3);
  });

  it('LB125: is asked by nobody unless there is a place where three can talk', () => {
    const story = new LobbyStory();
    story.join('ann', 'ben', 'cem');
    gather(story, ['ann', 'ben', 'cem']);
    expect(story.pairs).toEqual(['ann & ben']);
    answer(story, 'cem', true);
    expect(seatOf(story, 'cem')).toBe('waiting');
  });
});
