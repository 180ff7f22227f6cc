import { expect, test } from 'vitest';
import { ANYBODY } from '../../shared/protocol/whoMeets.ts';
import { traitsToTell } from './traitsToTell.ts';

const TOLD = { group: 'acme', languages: ['de'], interests: ['tea'] };

test('PN17: an event hears only what it makes use of', () => {
  expect(traitsToTell(TOLD, ANYBODY)).toEqual({ group: null, languages: [], interests: ['tea'] });
  expect(traitsToTell(TOLD, { groups: 'onlyWithin', languages: 'any' })).toEqual({
    ...TOLD,
    languages: [],
  });
  expect(traitsToTell(TOLD, { groups: 'notWithin', languages: 'shared' })).toEqual(TOLD);
});

test('PN17: who told nothing that counts here tells nothing at all', () => {
  expect(traitsToTell({ ...TOLD, interests: [] }, ANYBODY)).toBeNull();
});
