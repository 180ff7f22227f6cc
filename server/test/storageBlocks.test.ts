import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventId, MatchId, MemberId } from '../../shared/ids.ts';
import type { Storage } from '../db/openStorage.ts';
import type { BlockedPair } from '../ports/blockRepository.ts';
import { Retention } from '../runtime/retention.ts';
import { SERVER_LIMITS } from '../runtime/serverLimits.ts';
import { openStorageNodes } from './openStorageNodes.ts';
import { storedEvent } from './storedEvent.ts';
import { TestClock } from './testClock.ts';

const HOUR = 3_600_000;

let storage: Storage;
let otherNode: Storage;
let close: () => Promise<void>;
beforeAll(async () => ({ storage, otherNode, close } = await openStorageNodes()), 60_000);
afterAll(() => close());

const anyId = () => randomBytes(16).toString('hex');
const anyPair = (): BlockedPair => [anyId() as MemberId, anyId() as MemberId];
const turned = ([one, other]: BlockedPair): BlockedPair => [other, one];
const inOrder = (pair: BlockedPair) => pair.toSorted();
const matchOf = (pair: BlockedPair) => ({ matchId: anyId() as MatchId, pair, cycle: 1 });

async function newEvent(changes: Parameters<typeof storedEvent>[0] = {}): Promise<EventId> {
  const event = storedEvent(changes);
  await storage.events.create(event, new TestClock().date());
  return event.id;
}

it('ST40: who is blocked is known to every node, once and in either order, in this event alone', async () => {
  const [eventId, elsewhere] = [await newEvent(), await newEvent()];
  const [one, two] = [anyPair(), anyPair()];
  expect(await storage.blocks.record(eventId, [one, two, turned(two)])).toMatchObject({ ok: true });
  expect(await otherNode.blocks.record(eventId, [turned(one)])).toMatchObject({ ok: true });
  const loaded = await otherNode.blocks.load(eventId);
  expect(loaded.toSorted()).toEqual([inOrder(one), inOrder(two)].toSorted());
  expect(await storage.blocks.load(elsewhere)).toEqual([]);
});

it('ST40: blocks of an event that does not exist fail, and nothing is thrown', async () => {
  const recorded = await storage.blocks.record('nowhere0' as EventId, [anyPair()]);
  expect(recorded).toEqual({ ok: false, error: 'storageFailed' });
});

it('ST41: the storage refuses a match of two who are blocked, in any cycle and from any node', async () => {
  const eventId = await newEvent();
  const [blocked, free] = [anyPair(), anyPair()];
  await storage.blocks.record(eventId, [blocked]);
  const matches = [matchOf(free), matchOf(turned(blocked)), { ...matchOf(blocked), cycle: 2 }];
  const recorded = await otherNode.metPairs.record(eventId, matches);
  const refused = new Set(matches.slice(1).map(({ matchId }) => matchId));
  expect(recorded).toEqual({ ok: true, value: refused });
  expect(await storage.metPairs.load(eventId, 1)).toEqual([inOrder(free)]);
});

it('ST42: a day after an event ended its blocks are forgotten, those of others are not', async () => {
  const clock = new TestClock();
  const [ended, running] = [await newEvent({ closed: true }), await newEvent()];
  for (const eventId of [ended, running]) await storage.blocks.record(eventId, [anyPair()]);
  const stop = new AbortController();
  const log = pino({ level: 'silent' });
  const parts = {
    retention: storage.retention,
    clock,
    limits: SERVER_LIMITS,
    log,
    signal: stop.signal,
  };
  clock.pass(23 * HOUR);
  const job = new Retention(parts);
  await job.settled();
  expect(await storage.blocks.load(ended)).toHaveLength(1);
  clock.pass(HOUR);
  await job.settled();
  expect(await storage.blocks.load(ended)).toEqual([]);
  expect(await storage.blocks.load(running)).toHaveLength(1);
  stop.abort();
});
