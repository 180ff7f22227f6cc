import { describe, expect, it } from 'vitest';
import { BASIC_CAPABILITIES } from '../../shared/codecs/capabilities.ts';
import type { AddressPrivacy } from '../../shared/protocol/wishes.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { LobbyStory } from './lobbyStory.ts';

const RENEW_MS = SERVER_LIMITS.iceServersRenewMs;
const WITH_RELAY = { relay: { available: true, required: false } };
const ready = (addressPrivacy: AddressPrivacy) =>
  ({ type: 'ready', wishes: { capabilities: BASIC_CAPABILITIES, addressPrivacy } }) as const;

describe('ICE servers of waits and matches', () => {
  it('TN1: each wait and each match has its own, made for its member', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    const waited = story.last('ann', 'waiting').broker.iceServers;
    story.joinReady('ben');
    const given = [waited, story.matchOf('ann').iceServers, story.matchOf('ben').iceServers];
    const urls = given.flat().flatMap((server) => server.urls);
    expect(urls.map((url) => url.replace(/\d+$/, ''))).toEqual([
      'turn:ann.',
      'turn:ann.',
      'turn:ben.',
    ]);
    expect(new Set(urls).size).toBe(3);
  });

  it('TN3: who waits for long gets a fresh seat, and keeps the place in the line', () => {
    const story = new LobbyStory({ rules: { presentForMs: 10 * RENEW_MS } });
    story.joinReady('ann');
    const { broker: first } = story.last('ann', 'waiting');
    story.pass(RENEW_MS - 1);
    expect(story.messages('ann', 'waiting')).toHaveLength(1);
    story.pass(1);
    const { broker: second } = story.last('ann', 'waiting');
    expect(second.iceServers).not.toEqual(first.iceServers);
    expect(second.peerId).not.toBe(first.peerId);
    expect([...story.seats]).toEqual([second.peerId]);
    story.joinReady('ben');
    expect(story.matchOf('ann')).toMatchObject({ role: 'caller', peerId: second.peerId });
  });

  it('TN3: an offer that was made with the earlier seat is void', () => {
    const story = new LobbyStory({ rules: { presentForMs: 10 * RENEW_MS } });
    story.joinReady('ann');
    const { peerId } = story.last('ann', 'waiting').broker;
    const offer = { connectionId: 'mc_ann', sdp: 'v=0', candidates: [], relayOnly: false };
    story.say('ann', { type: 'offerAhead', peerId, offer });
    story.pass(RENEW_MS);
    story.say('ann', { type: 'offerAhead', peerId, offer });
    story.joinReady('ben');
    expect(story.matchOf('ben').offer).toBe('none');
  });

  it('TN3: who talks for long gets fresh ones, and so does a client that comes back', () => {
    const story = new LobbyStory({ callMs: 900_000 });
    story.joinReady('ann', 'ben');
    const matchId = story.startTalking('ann', 'ben');
    const first = story.matchOf('ann').iceServers;
    story.pass(RENEW_MS);
    const { iceServers } = story.last('ann', 'iceServers');
    expect(story.last('ann', 'iceServers').matchId).toBe(matchId);
    expect(iceServers).not.toEqual(first);
    expect(story.last('ben', 'iceServers').iceServers).not.toEqual(iceServers);
    story.drop('ann');
    story.resume('ann');
    expect(story.last('ann', 'welcome').seat).toMatchObject({ match: { iceServers } });
    story.pass(RENEW_MS);
    expect(story.messages('ben', 'iceServers')).toHaveLength(2);
  });

  it('TN3: who neither waits nor talks gets nothing, and wakes nobody', () => {
    const story = new LobbyStory();
    story.joinReady('ann');
    story.say('ann', { type: 'notReady' });
    story.pass(RENEW_MS);
    expect(story.messages('ann', 'waiting')).toHaveLength(1);
    expect(story.lobby.wakeAt()).toBeNull();
  });
});

describe('a relay that comes and goes', () => {
  it('TN12: without one, who insists on it is told at once; the others stay in the line', () => {
    const story = new LobbyStory(WITH_RELAY);
    story.join('ann');
    expect(story.last('ann', 'welcome').relayAvailable).toBe(true);
    story.say('ann', ready('always'));
    story.handle({ type: 'relayChanged', available: false });
    expect(story.heard('ann').slice(-2)).toEqual(['relay', 'idle']);
    expect(story.last('ann', 'relay').available).toBe(false);
    expect(story.lobby.counts().waiting).toBe(0);
    expect(story.seats.size).toBe(0);
    story.join('ben');
    expect(story.last('ben', 'welcome').relayAvailable).toBe(false);
    story.say('ben', ready('whenPossible'));
    story.join('cem');
    story.say('cem', ready('whenPossible'));
    expect(story.matchOf('ben')).toMatchObject({ partnerName: 'cem', relayOnly: false });
  });

  it('TN12: who waits when one comes back prepares for it', () => {
    const story = new LobbyStory();
    story.join('ann', 'ben');
    story.say('ann', ready('whenPossible'));
    const before = story.last('ann', 'waiting').broker;
    story.handle({ type: 'relayChanged', available: true });
    expect(story.last('ben', 'relay').available).toBe(true);
    expect(story.last('ann', 'waiting').broker.peerId).not.toBe(before.peerId);
    story.say('ben', ready('always'));
    expect(story.matchOf('ann')).toMatchObject({ partnerName: 'ben', relayOnly: true });
  });

  it('TN12: who insists and comes out of a failed call does not wait for a relay that is gone', () => {
    const story = new LobbyStory(WITH_RELAY);
    story.join('ann', 'ben');
    story.say('ann', ready('always'));
    story.say('ben', ready('whenPossible'));
    story.handle({ type: 'relayChanged', available: false });
    const { matchId } = story.matchOf('ann');
    story.say('ben', { type: 'endCall', matchId, reason: 'failed' });
    expect(story.heard('ann').slice(-2)).toEqual(['ended', 'idle']);
    expect(story.heard('ben').slice(-2)).toEqual(['ended', 'waiting']);
  });
});
