import { describe, expect, it } from 'vitest';
import { BASIC_CAPABILITIES } from '../../shared/codecs/capabilities.ts';
import type { OfferAhead } from '../../shared/protocol/signal.ts';
import type { Wishes } from '../../shared/protocol/wishes.ts';
import { LobbyStory } from './lobbyStory.ts';

describe('what partners tell each other through the lobby', () => {
  it('LB27: a signal reaches the partner of this match and nobody else', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben', 'cem', 'dag');
    const { matchId } = story.matchOf('ann');
    story.say('ann', { type: 'signal', matchId, signal: { kind: 'restart' } });
    expect(story.last('ben', 'signal')).toMatchObject({ matchId, signal: { kind: 'restart' } });
    story.say('cem', { type: 'signal', matchId, signal: { kind: 'restart' } });
    for (const name of ['ann', 'cem', 'dag']) expect(story.messages(name, 'signal')).toEqual([]);
    expect(story.messages('ben', 'signal')).toHaveLength(1);
  });

  it('LB28: whose line breaks and is back, their partner is told', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    story.drop('ann');
    expect(story.last('ben', 'partnerLink').up).toBe(false);
    story.drop('ben');
    story.resume('ben');
    expect(story.last('ben', 'welcome').seat).toMatchObject({ partnerUp: false });
    story.resume('ann');
    expect(story.last('ben', 'partnerLink').up).toBe(true);
    expect(story.last('ann', 'welcome').seat).toMatchObject({ partnerUp: true });
  });
});

describe('what is prepared while waiting', () => {
  const offer = (relayOnly = false): OfferAhead => ({
    connectionId: 'mc_ann',
    sdp: 'v=0',
    candidates: [],
    relayOnly,
  });
  const wishes = (addressPrivacy: Wishes['addressPrivacy']): Wishes => ({
    capabilities: BASIC_CAPABILITIES,
    addressPrivacy,
  });
  const prepare = (story: LobbyStory, name: string, relayOnly = false) => {
    const { peerId } = story.last(name, 'waiting').broker;
    story.say(name, { type: 'offerAhead', peerId, offer: offer(relayOnly) });
  };

  it('LB29: who waits has a place at the broker, and the match keeps it', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    const { peerId, brokerToken } = story.last('ann', 'waiting').broker;
    expect([...story.seats]).toEqual([peerId]);
    story.joinReady('ben');
    expect(story.matchOf('ann')).toMatchObject({ peerId, brokerToken });
    expect(story.seats.size).toBe(2);
  });

  it('LB29: the place is void with the wait, whichever way it ends', () => {
    const story = new LobbyStory();
    for (const stop of [
      () => story.say('ann', { type: 'notReady' }),
      () => story.say('ann', { type: 'leave' }),
      () => story.quit('ann'),
    ]) {
      story.joinReady('ann');
      expect(story.seats.size).toBe(1);
      stop();
      expect(story.seats.size).toBe(0);
    }
  });

  it('LB29: who is put back at the head gets a fresh place', () => {
    const story = new LobbyStory();
    story.joinReady('ann', 'ben');
    const { peerId } = story.matchOf('ben');
    story.quit('ann');
    const { broker } = story.last('ben', 'waiting');
    expect(broker.peerId).not.toBe(peerId);
    expect([...story.seats]).toEqual([broker.peerId]);
  });

  it('LB30: the callee’s match carries the offer that the caller made while waiting', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    prepare(story, 'ann');
    story.joinReady('ben');
    expect(story.matchOf('ann').offer).toBe('taken');
    expect(story.matchOf('ben').offer).toEqual(offer());
  });

  it('LB30: without an offer, or with one for an earlier wait, the caller dials', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    const { peerId } = story.last('ann', 'waiting').broker;
    story.say('ann', { type: 'notReady' });
    story.say('ann', { type: 'ready' });
    story.say('ann', { type: 'offerAhead', peerId, offer: offer() });
    story.joinReady('ben');
    expect([story.matchOf('ann').offer, story.matchOf('ben').offer]).toEqual(['none', 'none']);
  });

  const SERVER_WITH_RELAY = { available: true, required: false };

  it.each([
    ['whenPossible', 'never', SERVER_WITH_RELAY, true],
    ['never', 'never', SERVER_WITH_RELAY, false],
    ['never', 'never', { available: true, required: true }, true],
    ['whenPossible', 'whenPossible', { available: false, required: false }, false],
  ] as const)('LB31: %s with %s under %o: relay only %s', (one, other, relay, relayOnly) => {
    const story = new LobbyStory({ relay });
    story.join('ann', 'ben');
    story.say('ann', { type: 'ready', wishes: wishes(one) });
    story.say('ben', { type: 'ready', wishes: wishes(other) });
    for (const name of ['ann', 'ben']) expect(story.matchOf(name).relayOnly).toBe(relayOnly);
  });

  it('LB31: an offer made with addresses never reaches somebody who is to learn none', () => {
    const story = new LobbyStory({ relay: SERVER_WITH_RELAY });
    story.join('ann', 'ben');
    story.say('ann', { type: 'ready', wishes: wishes('never') });
    prepare(story, 'ann', false);
    story.say('ben', { type: 'ready', wishes: wishes('whenPossible') });
    expect(story.matchOf('ben')).toMatchObject({ offer: 'none', relayOnly: true });
  });

  it('LB32: both are told the same codecs', () => {
    const story = new LobbyStory();
    story.join('ann', 'ben');
    story.say('ann', { type: 'ready', wishes: wishes('whenPossible') });
    story.say('ben', { type: 'ready' });
    expect(story.matchOf('ann').codecs).toEqual(story.matchOf('ben').codecs);
    expect(story.matchOf('ann').codecs.video).toEqual(['VP8']);
  });
});
