import { expect, it } from 'vitest';
import { BASIC_CAPABILITIES } from '../../shared/codecs/capabilities.ts';
import type { AddressPrivacy } from '../../shared/protocol/wishes.ts';
import { LobbyStory } from './lobbyStory.ts';

const ready = (addressPrivacy: AddressPrivacy) =>
  ({ type: 'ready', wishes: { capabilities: BASIC_CAPABILITIES, addressPrivacy } }) as const;

it('SN19: who insists on a relay where there is none is told at once, and holds up nobody', () => {
  const story = new LobbyStory({ relay: { available: false, required: false } });
  story.join('ann', 'ben', 'cem');
  story.say('ann', ready('always'));
  expect(story.heard('ann')).toEqual(['welcome', 'idle']);
  expect(story.lobby.counts().waiting).toBe(0);
  story.say('ben', ready('whenPossible'));
  story.say('cem', ready('never'));
  expect(story.matchOf('ben')).toMatchObject({ partnerName: 'cem', relayOnly: false });
});

it('SN19: who has thought better of it meets like anybody else', () => {
  const story = new LobbyStory({ relay: { available: false, required: false } });
  story.join('ann', 'ben');
  story.say('ann', ready('always'));
  story.say('ben', ready('whenPossible'));
  story.say('ann', ready('whenPossible'));
  expect(story.matchOf('ann')).toMatchObject({ partnerName: 'ben', relayOnly: false });
});

it('SN19: with a relay, who insists meets through it', () => {
  const story = new LobbyStory({ relay: { available: true, required: false } });
  story.join('ann', 'ben');
  story.say('ann', ready('always'));
  story.say('ben', ready('never'));
  expect(story.matchOf('ben')).toMatchObject({ partnerName: 'ann', relayOnly: true });
});
