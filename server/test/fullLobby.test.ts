import { expect, it } from 'vitest';
import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import { LobbyStory } from './lobbyStory.ts';

const story = () => new LobbyStory({ rules: { membersPerLobby: 2 } });

it('CU32: a full lobby takes nobody more, and those in it notice nothing', () => {
  const full = story();
  full.join('ann', 'ben', 'cem');
  expect(full.closedWith('cem')).toBe(CLOSE.lobbyFull);
  expect(full.lobby.counts().here).toBe(2);
  expect(full.heard('ann')).toEqual(['welcome']);
});

it('CU32: who has a seat there comes back to it, on another socket or with a fresh ticket', () => {
  const full = story();
  full.join('ann', 'ben');
  full.drop('ann');
  full.resume('ann');
  full.join('ben');
  expect([full.closedWith('ann'), full.closedWith('ben')]).toEqual([null, null]);
  expect(full.lobby.counts().here).toBe(2);
});

it('CU32: there is room again as soon as somebody has left', () => {
  const full = story();
  full.join('ann', 'ben');
  full.quit('ann');
  full.join('cem');
  expect(full.closedWith('cem')).toBeNull();
});
