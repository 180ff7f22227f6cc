import { expect, it } from 'vitest';
import type { MemberId } from '../../shared/ids.ts';
import { BlockKeeper } from '../runtime/blockKeeper.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { createLog } from '../log.ts';
import { LobbyStory } from './lobbyStory.ts';
import { FailingBlocks, HandClock, turn } from './runnerScene.ts';
import type { EventId } from '../../shared/ids.ts';

const PAIR = ['ann', 'ben'] as unknown as readonly [MemberId, MemberId];

/** All may meet all others once more. */
const startOver = (story: LobbyStory) =>
  story.handle({
    ...{ type: 'changeEvent', title: 'A talk', callMs: 120_000, minimumMs: 0, relayOnly: false },
    cycle: 2,
  });

it('LB42, LB90: who blocks leaves the call, and the two are never matched again, whoever pressed', () => {
  for (const blocker of ['ann', 'ben']) {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.startTalking('ann', 'ben');
    story.block(blocker);
    expect(story.blocked).toEqual(['ann & ben']);
    story.say(blocker, { type: 'ready' });
    startOver(story);
    expect(story.pairs).toEqual(['ann & ben']);
    story.joinReady('cem', 'dag');
    expect(story.pairs).toHaveLength(3);
    expect(story.pairs.lastIndexOf('ann & ben')).toBe(0);
  }
});

it('LB91: the partner hears what they would hear if the other had just left', () => {
  const left = new LobbyStory();
  const blocked = new LobbyStory();
  for (const story of [left, blocked]) {
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    if (story === left) story.say('ann', { type: 'endCall', matchId, reason: 'left' });
    else story.block('ann');
  }
  expect(blocked.messages('ben', 'ended')).toEqual(left.messages('ben', 'ended'));
  expect(blocked.heard('ben')).toEqual(left.heard('ben'));
  expect(blocked.messages('ann', 'ended')).toEqual(left.messages('ann', 'ended'));
});

it('LB92: the partner of a call that has just ended can be blocked as well, also from a new one', () => {
  const story = new LobbyStory();
  story.joinReady('ann', 'ben');
  const matchId = story.startTalking('ann', 'ben');
  const match = story.matchOf('ann');
  story.say('ben', { type: 'endCall', matchId, reason: 'left' });
  story.joinReady('cem');
  expect(story.pairs.at(-1)).toBe('ann & cem');
  story.block('ann', match);
  expect(story.blocked).toEqual(['ann & ben']);
  expect(story.heard('cem')).not.toContain('ended');
});

it('LB92: a fresh seat that knows of no match can block its partner, before they meet again', () => {
  const story = new LobbyStory();
  story.joinReady('ann', 'ben');
  story.startTalking('ann', 'ben');
  const { partnerSeal } = story.matchOf('ann');
  const later = new LobbyStory();
  later.join('ann', 'ben');
  later.say('ann', { type: 'block', partnerSeal });
  later.say('ann', { type: 'ready' });
  later.say('ben', { type: 'ready' });
  expect([later.blocked, later.pairs]).toEqual([['ann & ben'], []]);
});

it('LB92: a seal that is none, and one’s own, block nobody', () => {
  const story = new LobbyStory();
  story.joinReady('ann', 'ben');
  const { matchId } = story.matchOf('ann');
  for (const partnerSeal of ['x'.repeat(80), story.matchOf('ben').partnerSeal])
    story.say('ann', { type: 'block', matchId, partnerSeal });
  expect(story.blocked).toEqual([]);
  expect(story.heard('ann')).not.toContain('ended');
});

const keeper = () => {
  const [blocks, clock] = [new FailingBlocks(), new HandClock()];
  const eventId = 'event' as EventId;
  const parts = { eventId, blocks, clock, limits: SERVER_LIMITS, log: createLog('silent') };
  return { blocks, clock, keeper: new BlockKeeper(parts) };
};

it('LB94: a block that cannot be written is tried again until it is', async () => {
  const { blocks, clock, keeper: kept } = keeper();
  blocks.failing = true;
  kept.keep(PAIR);
  for (let round = 1; round <= 3; round += 1) {
    await turn();
    expect(blocks.tries).toBe(round);
    expect(kept.settled).toBe(false);
    clock.pass(SERVER_LIMITS.storagePauseMs);
  }
  await turn();
  blocks.failing = false;
  clock.pass(SERVER_LIMITS.storagePauseMs);
  await turn();
  expect([blocks.written, kept.settled, clock.armed]).toEqual([[PAIR], true, 0]);
});

it('LB94: a lobby that stops tries once more, and keeps no timer', async () => {
  const { blocks, clock, keeper: kept } = keeper();
  blocks.failing = true;
  kept.keep(PAIR);
  await turn();
  blocks.failing = false;
  await kept.stop();
  expect([blocks.written, kept.settled, clock.armed]).toEqual([[PAIR], true, 0]);
});
