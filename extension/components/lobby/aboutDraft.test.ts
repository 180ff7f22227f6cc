import { expect, test } from 'vitest';
import { LIMITS } from '../../../shared/protocol/limits.ts';
import { aboutDraftOf, checkAbout, type AboutDraft } from './aboutDraft.ts';
import { languageChoices, primarySubtag } from './languageChoices.ts';

const NOTHING: AboutDraft = { group: '', languages: [], interests: '' };
const LONG = 'a'.repeat(LIMITS.traitLength + 1);

test('PN15: what is told of oneself becomes what the server wants, and comes back to the fields', () => {
  const told = {
    group: ' ACME  GmbH ',
    languages: ['de', 'en'],
    interests: 'Tea, hallways,, tea ,',
  };
  const checked = checkAbout(told);
  expect(checked).toEqual({
    ok: true,
    value: { group: 'acme gmbh', languages: ['de', 'en'], interests: ['tea', 'hallways'] },
  });
  if (!checked.ok) return;
  const again = aboutDraftOf(checked.value);
  expect(again).toEqual({
    group: 'acme gmbh',
    languages: ['de', 'en'],
    interests: 'tea, hallways',
  });
  expect(checkAbout(again)).toEqual(checked);
});

test('PN15: nothing told is all right', () => {
  const value = { group: null, languages: [], interests: [] };
  expect(checkAbout({ ...NOTHING, group: '  ', interests: ' , ' })).toEqual({ ok: true, value });
});

test('PN15: what cannot be told is named, by field', () => {
  const many = Array.from({ length: LIMITS.traitsOfAKind + 1 }, (_, at) => `interest ${at}`);
  expect(checkAbout({ ...NOTHING, group: LONG, interests: many.join(',') })).toEqual({
    ok: false,
    error: { group: 'unreadable', interests: 'tooMany' },
  });
  expect(checkAbout({ ...NOTHING, interests: `tea, ${LONG}` })).toEqual({
    ok: false,
    error: { interests: 'unreadable' },
  });
});

test('PN16: the languages to choose from hold the browser’s own, by name and once', () => {
  expect(['de-AT', 'EN', 'gsw', 'x-klingon', ''].map(primarySubtag)).toEqual([
    'de',
    'en',
    'gsw',
    null,
    null,
  ]);
  const choices = languageChoices(['gsw', 'de'], 'en');
  expect(choices.filter(({ tag }) => tag === 'de')).toEqual([{ tag: 'de', name: 'German' }]);
  expect(choices).toContainEqual({ tag: 'gsw', name: 'Swiss German' });
  const names = choices.map(({ name }) => name);
  expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, 'en')));
});
