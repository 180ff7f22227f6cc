import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventId, MatchId, MemberId } from '../../shared/ids.ts';
import type { Storage } from '../db/openStorage.ts';
import type { StoredEvent } from '../ports/eventRepository.ts';
import { Retention } from '../runtime/retention.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { openStorageNodes } from './openStorageNodes.ts';
import { storedEvent } from './storedEvent.ts';
import { TestClock } from './testClock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const log = pino({ level: 'silent' });

let storage: Storage;
let otherNode: Storage;
let close: () => Promise<void>;
beforeAll(async () => ({ storage, otherNode, close } = await openStorageNodes()), 60_000);
afterAll(() => close());

async function eventWithPairs(clock: TestClock, pairs: number, changes: Partial<StoredEvent> = {}) {
  const event = storedEvent(changes);
  await storage.events.create(event, clock.date());
  await meetIn(event, pairs);
  return event;
}

async function meetIn(event: StoredEvent, pairs: number): Promise<void> {
  const id = () => randomBytes(16).toString('hex');
  const all = Array.from({ length: pairs }, () => ({
    matchId: id() as MatchId,
    pair: [id() as MemberId, id() as MemberId] as const,
    cycle: 1,
  }));
  expect((await storage.metPairs.record(event.id, all)).ok).toBe(true);
}

/** A node's job, and a way to see what it left. */
function keepRetention(clock: TestClock, node = storage) {
  const stop = new AbortController();
  const { retention } = node;
  const parts = { retention, clock, limits: SERVER_LIMITS, log, signal: stop.signal };
  return { job: new Retention(parts), stop };
}
const pairsOf = (id: EventId) => storage.metPairs.count(id, 1);
const in1Hour = (clock: TestClock) => new Date(clock.date().getTime() + HOUR);

it('ST30: a day after the opening hours ended, who met whom is forgotten; the event stays', async () => {
  const clock = new TestClock();
  const event = await eventWithPairs(clock, 3, { closesAt: in1Hour(clock) });
  const running = await eventWithPairs(clock, 2);
  const { job, stop } = keepRetention(clock);
  for (let hours = 0; hours < 25; hours += 1) {
    await job.settled();
    expect(await pairsOf(event.id)).toBe(3);
    clock.pass(HOUR);
  }
  await job.settled();
  expect(await pairsOf(event.id)).toBe(0);
  expect(await pairsOf(running.id)).toBe(2);
  expect((await storage.events.find(event.id))?.title).toBe('A talk');
  stop.abort();
  expect(clock.alarms).toBe(0);
});

it('ST30: the owner’s closing counts, and later changes do not put it off', async () => {
  const clock = new TestClock();
  const event = await eventWithPairs(clock, 1);
  await storage.events.replace({ ...event, closed: true }, clock.date());
  clock.pass(23 * HOUR);
  await storage.events.replace({ ...event, closed: true, title: 'Renamed' }, clock.date());
  const { job, stop } = keepRetention(clock);
  await job.settled();
  expect(await pairsOf(event.id)).toBe(1);
  clock.pass(HOUR);
  await job.settled();
  expect(await pairsOf(event.id)).toBe(0);
  stop.abort();
});

it('ST31: an event that was opened again is spared', async () => {
  const clock = new TestClock();
  const byOwner = await eventWithPairs(clock, 1, { closed: true });
  const byHours = await eventWithPairs(clock, 1, { closesAt: in1Hour(clock) });
  clock.pass(20 * HOUR);
  await storage.events.replace({ ...byOwner, closed: false }, clock.date());
  await storage.events.replace({ ...byHours, closesAt: null }, clock.date());
  clock.pass(20 * HOUR);
  const { job, stop } = keepRetention(clock);
  await job.settled();
  expect([await pairsOf(byOwner.id), await pairsOf(byHours.id)]).toEqual([1, 1]);
  stop.abort();
});

it('ST32: thousands go in small batches, and two nodes at the same moment do no harm', async () => {
  const clock = new TestClock();
  const event = await eventWithPairs(clock, 3_500, { closed: true });
  const running = await eventWithPairs(clock, 2);
  clock.pass(25 * HOUR);
  const nodes = [keepRetention(clock), keepRetention(clock, otherNode)];
  await Promise.all(nodes.map(({ job }) => job.settled()));
  clock.pass(HOUR);
  await Promise.all(nodes.map(({ job }) => job.settled()));
  expect([await pairsOf(event.id), await pairsOf(running.id)]).toEqual([0, 2]);
  for (const { stop } of nodes) stop.abort();
}, 60_000);

it('ST34: an event without an end is forgotten a month after the last meeting in it, and not before', async () => {
  // When people met is the database's own time.
  const clock = new TestClock(new Date().toISOString());
  const idle = await eventWithPairs(clock, 1_200);
  const planned = await eventWithPairs(clock, 1, {
    closesAt: new Date(clock.date().getTime() + 90 * DAY),
  });
  const [ann, ben] = ['a', 'b'].map((letter) => letter.repeat(32) as MemberId);
  await storage.blocks.record(idle.id, [[ann!, ben!]]);
  clock.pass(29 * DAY);
  const { job, stop } = keepRetention(clock);
  await job.settled();
  expect(await pairsOf(idle.id)).toBe(1_200);
  clock.pass(2 * DAY);
  await job.settled();
  clock.pass(HOUR);
  await job.settled();
  expect([await pairsOf(idle.id), await pairsOf(planned.id)]).toEqual([0, 1]);
  expect(await storage.blocks.load(idle.id)).toEqual([[ann, ben]]);
  expect((await storage.events.find(idle.id))?.closed).toBe(false);
  stop.abort();
});

it('ST34: one later meeting keeps them all', async () => {
  const event = await eventWithPairs(new TestClock(), 3);
  const between = new Date();
  // The embedded database's own time is that of its last answer.
  expect(await pairsOf(event.id)).toBe(3);
  await meetIn(event, 1);
  const { signal } = new AbortController();
  await storage.retention.forgetIdlePairs(between, signal);
  expect(await pairsOf(event.id)).toBe(4);
  await storage.retention.forgetIdlePairs(new Date(Date.now() + DAY), signal);
  expect(await pairsOf(event.id)).toBe(0);
});

it('ST33: a failure waits for the next hour, and a stopping server for nothing', async () => {
  const clock = new TestClock();
  let tries = 0;
  const retention = {
    forgetPairs: () => {
      tries += 1;
      return Promise.reject(new Error('The database is away.'));
    },
    forgetIdlePairs: () => Promise.resolve(0),
  };
  const stop = new AbortController();
  const parts = { retention, clock, limits: SERVER_LIMITS, log, signal: stop.signal };
  const job = new Retention(parts);
  await job.settled();
  clock.pass(HOUR);
  await job.settled();
  expect(tries).toBe(2);
  stop.abort();
  clock.pass(2 * HOUR);
  expect(tries).toBe(2);
});
