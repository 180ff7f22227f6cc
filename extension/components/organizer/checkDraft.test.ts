import { expect, test } from 'vitest';
import { lengthSeconds, lengthText } from './callLength.ts';
import { changeRequest, sameDraft } from './changeRequest.ts';
import { checkDraft } from './checkDraft.ts';
import { newDraft, type AddressDraft, type EventDraft } from './eventDraft.ts';
import { localTimeOf, timestampOf } from './localTime.ts';

const NOW = Date.parse('2026-11-21T09:00:00Z');

function addresses(...texts: string[]): AddressDraft[] {
  return texts.map((text, id) => ({ id, text, parameters: [] }));
}

function draft(change: Partial<EventDraft> = {}): EventDraft {
  return { ...newDraft({ title: 'Talk', url: 'https://conf.example/live' }), ...change };
}

test('OR1: a whole draft becomes what the server wants', () => {
  const checked = checkDraft(draft({ title: ' A  talk ', opensAt: '2026-11-21T09:00' }), NOW);
  expect(checked).toEqual({
    ok: true,
    value: {
      title: 'A talk',
      addresses: [{ url: 'https://conf.example/live', parameters: [] }],
      callSeconds: 120,
      opensAt: new Date('2026-11-21T09:00').toISOString(),
      closesAt: null,
      rounds: null,
      minimumSeconds: 0,
      relayOnly: false,
      whoMeets: { groups: 'anybody', languages: 'any' },
    },
  });
});

test('OR26: who meets whom goes with the form, and is sent again only where it was changed', () => {
  const saved = draft();
  const whoMeets = { groups: 'notWithin', languages: 'shared' } as const;
  const changed = draft({ whoMeets });
  const checked = checkDraft(changed, NOW);
  if (!checked.ok) throw new Error('A draft that is right is refused.');
  expect(changeRequest(saved, changed, checked.value)).toEqual({ whoMeets });
  expect(sameDraft(saved, changed)).toBe(false);
  expect(sameDraft(changed, draft({ whoMeets: { ...whoMeets } }))).toBe(true);
});

test('OR6: every wrong field is named at once', () => {
  const wrong = draft({
    title: ' ',
    addresses: addresses('conf.example/a', '', 'http://conf.example/a/'),
    callLength: '99:00',
    opensAt: '2027-01-01T10:00',
    closesAt: '2027-01-01T09:00',
  });
  expect(checkDraft(wrong, NOW)).toEqual({
    ok: false,
    error: {
      title: 'missing',
      addresses: new Map([
        [1, 'missing'],
        [2, 'duplicate'],
      ]),
      callLength: 'outOfRange',
      closesAt: 'beforeOpening',
    },
  });
});

test.each([
  [{ title: 'x'.repeat(121) }, { title: 'tooLong' }],
  [{ callLength: 'long' }, { callLength: 'unreadable' }],
  [{ callLength: '0:14' }, { callLength: 'outOfRange' }],
  [{ callLength: '15:01' }, { callLength: 'outOfRange' }],
  [{ closesAt: '2020-01-01T09:00' }, { closesAt: 'past' }],
])('OR6: %j is %j', (change, problem) => {
  expect(checkDraft(draft(change), NOW)).toEqual({
    ok: false,
    error: { addresses: new Map(), ...problem },
  });
});

test.each([
  [{ roundsFrom: '2026-11-21T10:00' }, 'incomplete'],
  [{ roundMinutes: '5' }, 'incomplete'],
  [{ roundsFrom: '2026-11-21T10:00', roundMinutes: 'ten' }, 'outOfRange'],
  [{ roundsFrom: '2026-11-21T10:00', roundMinutes: '241' }, 'outOfRange'],
  [{ roundsFrom: '2026-11-21T10:00', roundMinutes: '2' }, 'tooClose'],
])('OR25: rounds of %j are %s', (change, problem) => {
  expect(checkDraft(draft(change), NOW)).toEqual({
    ok: false,
    error: { addresses: new Map(), rounds: problem },
  });
});

test('OR25: rounds are a first time and minutes, and are taken back by emptying both', () => {
  const saved = draft({ roundsFrom: '2026-11-21T10:00', roundMinutes: '10' });
  const checked = checkDraft(saved, NOW);
  const rounds = { firstAt: new Date('2026-11-21T10:00').toISOString(), everyMinutes: 10 };
  expect(checked).toMatchObject({ value: { rounds } });
  const without = { ...saved, roundsFrom: '', roundMinutes: '' };
  expect(sameDraft(saved, without)).toBe(false);
  const emptied = checkDraft(without, NOW);
  expect(emptied.ok && changeRequest(saved, without, emptied.value)).toEqual({ rounds: null });
});

test.each([
  ['', '2:00', 0],
  ['30', '2:00', 30],
  ['31', '2:00', null],
  ['16', '1:00', null],
  ['15', '1:00', 15],
  ['-1', '2:00', null],
  ['a bit', '2:00', null],
])(
  'OR30: a minimum time of %j in a call of %s is %j seconds',
  (minimumTime, callLength, seconds) => {
    const checked = checkDraft(draft({ minimumTime, callLength }), NOW);
    const problem = { addresses: new Map(), minimumTime: 'outOfRange' };
    if (seconds === null) expect(checked).toEqual({ ok: false, error: problem });
    else expect(checked).toMatchObject({ value: { minimumSeconds: seconds } });
  },
);

test('OR6: an event that is over can still be changed', () => {
  expect(checkDraft(draft({ closesAt: '2020-01-01T09:00' }), null).ok).toBe(true);
});

test.each([
  ['2:00', 120],
  ['0:15', 15],
  ['15', 900],
  [' 1:30 ', 90],
  ['1:60', null],
  ['-1', null],
  ['1:3', null],
  ['', null],
])('OR7: the length %j is %j seconds', (text, seconds) => {
  expect(lengthSeconds(text)).toBe(seconds);
  if (seconds !== null) expect(lengthSeconds(lengthText(seconds))).toBe(seconds);
});

test('OR8: times go to UTC and back to the organizer’s own time zone', () => {
  const timestamp = timestampOf('2026-07-01T10:30');
  expect(timestamp).toBe(new Date(2026, 6, 1, 10, 30).toISOString());
  expect(localTimeOf(timestamp)).toBe('2026-07-01T10:30');
  expect(timestampOf('')).toBeNull();
  expect(localTimeOf(null)).toBe('');
});

test('OR13: only what was changed is sent', () => {
  const saved = draft({ opensAt: '2026-11-21T09:00' });
  const sent = (changed: EventDraft) => {
    const checked = checkDraft(changed, null);
    return checked.ok && changeRequest(saved, changed, checked.value);
  };
  expect(sent(saved)).toBeNull();
  expect(sent({ ...saved, title: 'Other' })).toEqual({ title: 'Other' });
  expect(sent({ ...saved, opensAt: '' })).toEqual({ opensAt: null });
  expect(sent({ ...saved, callLength: '3:00' })).toEqual({ callSeconds: 180 });
  expect(sent({ ...saved, hidesAddresses: true })).toEqual({ relayOnly: true });
  expect(sent({ ...saved, addresses: addresses('conf.example/b') })).toEqual({
    addresses: [{ url: 'https://conf.example/b', parameters: [] }],
  });
});

test('OR13: a draft typed back to what it was has nothing unsaved', () => {
  const saved = draft();
  expect(sameDraft(saved, { ...saved, addresses: addresses('https://conf.example/live') })).toBe(
    true,
  );
  expect(sameDraft(saved, { ...saved, title: 'Other' })).toBe(false);
  expect(sameDraft(saved, { ...saved, hidesAddresses: true })).toBe(false);
});
