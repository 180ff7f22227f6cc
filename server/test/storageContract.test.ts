import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventId, MatchId, MemberId } from '../../shared/ids.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Storage } from '../db/openStorage.ts';
import type { NewPair } from '../ports/metPairRepository.ts';
import { openStorageNodes } from './openStorageNodes.ts';
import { storedAddress, storedEvent } from './storedEvent.ts';

let storage: Storage;
let otherNode: Storage;
let close: () => Promise<void>;
const NOW = new Date('2026-11-21T12:00:00Z');

beforeAll(async () => ({ storage, otherNode, close } = await openStorageNodes()), 60_000);
afterAll(() => close());

const memberId = () => randomBytes(16).toString('hex') as MemberId;
function newPair(one = memberId(), other = memberId(), cycle = 1): NewPair {
  return { matchId: randomBytes(16).toString('hex') as MatchId, pair: [one, other], cycle };
}
async function newEvent(): Promise<EventId> {
  const event = storedEvent();
  await storage.events.create(event, NOW);
  return event.id;
}
const inOrder = ({ pair: [one, other] }: NewPair) => (one < other ? [one, other] : [other, one]);

it('ST10: what is recorded is loaded again; the matches of those who had met are named', async () => {
  const eventId = await newEvent();
  const [first, second] = [newPair(), newPair()];
  expect(await storage.metPairs.record(eventId, [first, second])).toEqual({
    ok: true,
    value: new Set(),
  });
  const again = newPair(second.pair[1], second.pair[0]);
  const fresh = newPair();
  expect(await storage.metPairs.record(eventId, [again, fresh])).toEqual({
    ok: true,
    value: new Set([again.matchId]),
  });
  const loaded = await storage.metPairs.load(eventId, 1);
  expect(loaded).toHaveLength(3);
  expect(loaded).toEqual(expect.arrayContaining([first, second, fresh].map(inOrder)));
  expect(await storage.metPairs.count(eventId, 1)).toBe(3);
});

it('ST10: what two did in one event counts in no other', async () => {
  const pair = newPair();
  for (const eventId of [await newEvent(), await newEvent()]) {
    const recorded = await storage.metPairs.record(eventId, [pair]);
    expect(recorded).toEqual({ ok: true, value: new Set() });
  }
});

const GONE = 'nosuchevent1' as EventId;
it.each([
  { title: 'each is told of its own pairs', gone: [] },
  { title: 'one that fails fails alone', gone: [GONE, GONE] },
])('ST29: of many lobbies at the same moment $title', async ({ gone }) => {
  const lobbies = await Promise.all(Array.from({ length: 20 }, newEvent));
  const met = newPair();
  await storage.metPairs.record(lobbies[3]!, [met]);
  const again = newPair(...met.pair);
  const wish = (eventId: EventId) => storage.metPairs.record(eventId, [again, newPair()]);
  const answers = await Promise.all([...lobbies, ...gone].map(wish));
  const refusals = lobbies.map((_, place) => (place === 3 ? [again.matchId] : []));
  expect(answers).toEqual([
    ...refusals.map((refused) => ok(new Set(refused))),
    ...gone.map(() => fail('storageFailed')),
  ]);
  for (const eventId of lobbies) expect(await storage.metPairs.count(eventId, 1)).toBe(2);
});

it('ST10: of the same two twice in one call the second is named', async () => {
  const pair = newPair();
  const twice = newPair(pair.pair[1], pair.pair[0]);
  const recorded = await storage.metPairs.record(await newEvent(), [pair, twice]);
  expect(recorded).toEqual({ ok: true, value: new Set([twice.matchId]) });
});

it('ST51: in each cycle the same two are recorded once, and each is loaded alone', async () => {
  const eventId = await newEvent();
  const first = newPair();
  const [one, other] = first.pair;
  const second = newPair(other, one, 2);
  const recorded = await storage.metPairs.record(eventId, [first, second]);
  expect(recorded).toEqual({ ok: true, value: new Set() });
  const again = newPair(one, other, 2);
  const third = newPair(one, other, 3);
  expect(await otherNode.metPairs.record(eventId, [again, third])).toEqual({
    ok: true,
    value: new Set([again.matchId]),
  });
  for (const cycle of [1, 2, 3]) {
    expect(await storage.metPairs.load(eventId, cycle)).toEqual([inOrder(first)]);
    expect(await storage.metPairs.count(eventId, cycle)).toBe(1);
  }
  expect(await storage.metPairs.load(eventId, 4)).toEqual([]);
});

it('ST52: an event never goes back to an earlier cycle, whoever changes what', async () => {
  const event = storedEvent();
  await storage.events.create(event, NOW);
  await storage.events.replace({ ...event, cycle: 2, minimumSeconds: 10 }, NOW);
  await otherNode.events.replace({ ...event, title: 'Another talk' }, NOW);
  expect(await storage.events.find(event.id)).toMatchObject({ title: 'Another talk', cycle: 2 });
});

it('ST11: of two nodes that pair the same two at the same moment one is refused', async () => {
  const eventId = await newEvent();
  for (let round = 0; round < 20; round += 1) {
    const here = newPair();
    const there = newPair(here.pair[1], here.pair[0]);
    const answers = await Promise.all([
      storage.metPairs.record(eventId, [here]),
      otherNode.metPairs.record(eventId, [there]),
    ]);
    const refused = answers.flatMap((answer) => (answer.ok ? [...answer.value] : ['failed']));
    expect(refused).toHaveLength(1);
    expect([here.matchId, there.matchId]).toContain(refused[0]);
  }
  expect(await storage.metPairs.count(eventId, 1)).toBe(20);
});

it('ST11: two nodes that record many of the same pairs in opposite order both finish', async () => {
  const eventId = await newEvent();
  const pairs = Array.from({ length: 500 }, () => newPair());
  const there = pairs.toReversed().map(({ pair }) => newPair(...pair));
  const answers = await Promise.all([
    storage.metPairs.record(eventId, pairs),
    otherNode.metPairs.record(eventId, there),
  ]);
  const refused = answers.map((answer) => (answer.ok ? answer.value.size : null));
  expect(refused[0]! + refused[1]!).toBe(500);
});

it('ST12: 5,000 pairs are recorded with one call', async () => {
  const eventId = await newEvent();
  const pairs = Array.from({ length: 5_000 }, () => newPair());
  expect(await storage.metPairs.record(eventId, pairs)).toEqual({ ok: true, value: new Set() });
  const again = await storage.metPairs.record(eventId, pairs);
  expect(again.ok && again.value.size).toBe(5_000);
  expect(await storage.metPairs.count(eventId, 1)).toBe(5_000);
}, 60_000);

it.each<[string, (eventId: EventId) => [EventId, NewPair]]>([
  ['an event that does not exist', () => ['0123456789abcdef01234567' as EventId, newPair()]],
  [
    'somebody with themselves',
    (eventId) => [eventId, newPair('abcdef01' as MemberId, 'abcdef01' as MemberId)],
  ],
  ['a name that holds a zero byte', (eventId) => [eventId, newPair('abc\0def01' as MemberId)]],
])('ST13: a call with a pair of %s fails, and writes nothing of it', async (_, make) => {
  const known = await newEvent();
  const [eventId, bad] = make(known);
  const recorded = await storage.metPairs.record(eventId, [newPair(), bad]);
  expect(recorded).toEqual({ ok: false, error: 'storageFailed' });
  expect(await storage.metPairs.count(known, 1)).toBe(0);
});

it('ST13: ids of any text come back as they were', async () => {
  const eventId = await newEvent();
  const odd = ['"', '\\', '{}', ',', 'NULL', '', '👩‍🚀 ü', "'; --", 'a"b\\c{d},e'];
  const pairs = odd.map((text) => newPair(`${text}!` as MemberId, `~${text}` as MemberId));
  expect(await storage.metPairs.record(eventId, pairs)).toEqual({ ok: true, value: new Set() });
  const loaded = await storage.metPairs.load(eventId, 1);
  expect(loaded).toEqual(expect.arrayContaining(pairs.map(inOrder)));
});

it('ST15: an event comes back as it was stored, whatever its words', async () => {
  const event = storedEvent({
    title: 'Vorträge für alle 👩‍🚀 – «שלום» "quoted" \\ \'; drop table events; --',
    visibility: 'unlisted',
    opensAt: new Date('2026-11-21T08:00:00.123Z'),
    closesAt: new Date('2026-11-21T18:00:00.001Z'),
    closed: true,
    relayOnly: true,
    inviteTokenHash: 'abc',
    addresses: [
      { ...storedAddress('ä/{"x"}'), parameters: ['session', 'a,b', '"', '\\', ''] },
      storedAddress(),
    ],
  });
  await storage.events.create(event, NOW);
  expect(await storage.events.find(event.id)).toMatchObject(event);
  const changed = { ...event, closed: false, closesAt: null, addresses: [storedAddress()] };
  await storage.events.replace(changed, NOW);
  expect(await otherNode.events.find(event.id)).toMatchObject(changed);
  expect(await storage.events.find('0123456789abcdef01234567' as EventId)).toBeNull();
});

it('ST16: an address that many ask for at the same moment goes to one of them', async () => {
  const address = storedAddress();
  const events = Array.from({ length: 10 }, () => storedEvent({ addresses: [address] }));
  const answers = await Promise.all(
    events.map((event, place) => (place % 2 ? storage : otherNode).events.create(event, NOW)),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.taken]));
  expect(new Set(refusals)).toEqual(new Set([address.key]));
});

it('ST16: events that ask for each other’s addresses at the same moment do not wait for ever', async () => {
  const [one, two] = [storedEvent(), storedEvent()];
  for (const event of [one, two]) await storage.events.create(event, NOW);
  const answers = await Promise.all([
    storage.events.replace({ ...one, addresses: two.addresses }, NOW),
    otherNode.events.replace({ ...two, addresses: one.addresses }, NOW),
  ]);
  expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
});

it('ST17: a change that is refused changes nothing', async () => {
  const [one, two] = [storedEvent(), storedEvent()];
  for (const event of [one, two]) await storage.events.create(event, NOW);
  const wanted = { ...one, title: 'Stolen', addresses: [storedAddress(), ...two.addresses] };
  const refused = await storage.events.replace(wanted, NOW);
  expect(refused).toEqual({ ok: false, error: { taken: two.addresses[0]!.key } });
  expect(await storage.events.find(one.id)).toMatchObject(one);
  const again = storage.events.create({ ...storedEvent(), id: two.id, title: 'Twice' }, NOW);
  await expect(again).rejects.toMatchObject({ name: 'StorageError', code: '23505' });
  expect(await storage.events.find(two.id)).toMatchObject(two);
});

it('ST17: an event is never seen in the middle of a change', async () => {
  const event = storedEvent();
  await storage.events.create(event, NOW);
  const changes = Array.from({ length: 30 }, (_, place) => ({
    ...event,
    title: `Change ${place}`,
    addresses: [storedAddress(`${event.id}/${place}`)],
  }));
  const seen: Promise<unknown>[] = [];
  const reading = async () => {
    const found = await otherNode.events.find(event.id);
    const place = /\d+$/.exec(found!.title)?.[0];
    if (place) expect(found!.addresses[0]!.url).toBe(`https://conf.example/${event.id}/${place}`);
  };
  for (const change of changes) {
    seen.push(reading());
    await storage.events.replace(change, NOW);
  }
  await Promise.all(seen);
});

it('ST18: a setting is made once, whoever asks first', async () => {
  const name = randomBytes(8).toString('hex');
  const values = await Promise.all(
    Array.from({ length: 10 }, (_, place) =>
      (place % 2 ? storage : otherNode).settings.keep(name, () => `made by ${place} «ü» 👩‍🚀`),
    ),
  );
  expect(new Set(values).size).toBe(1);
  expect(await storage.settings.keep(name, () => 'another')).toBe(values[0]);
});

it('ST18: changes of a setting come one after the other', async () => {
  const name = randomBytes(8).toString('hex');
  await Promise.all(
    Array.from({ length: 20 }, (_, place) =>
      (place % 2 ? storage : otherNode).settings.change(name, (value) => `${Number(value) + 1}`),
    ),
  );
  expect(await storage.settings.keep(name, () => '')).toBe('20');
});
