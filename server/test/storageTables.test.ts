import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MatchId, MemberId } from '../../shared/ids.ts';
import { readConfig } from '../config.ts';
import { databaseEvents } from '../db/databaseEvents.ts';
import { databaseMetPairs } from '../db/databaseMetPairs.ts';
import { openDatabase, type OpenDatabase } from '../db/openDatabase.ts';
import { OutageLog } from '../db/outageLog.ts';
import { findPlaces } from '../places.ts';
import { newDataPlace } from './dataPlace.ts';
import { storedEvent } from './storedEvent.ts';

let opened: OpenDatabase;
let close: () => Promise<void>;
beforeAll(async () => {
  const { environment, remove } = await newDataPlace();
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.error.join('\n'));
  const { migrationsFolder } = findPlaces(join(import.meta.dirname, '..'));
  const result = await openDatabase(
    { ...config.value, migrationsFolder },
    pino({ level: 'silent' }),
  );
  if (!result.ok) throw new Error(result.error);
  opened = result.value;
  close = async () => {
    await opened.close();
    await remove();
  };
}, 60_000);
afterAll(() => close());

/** Why the database refused a row that was written past our own code. */
async function refusal(eventId: string, one: string, other: string): Promise<string> {
  const forged = sql`insert into met_pairs (event_id, low_member, high_member) values (${eventId}, ${one}, ${other})`;
  try {
    await opened.database.execute(forged);
  } catch (error) {
    return String((error as { cause?: { code?: unknown } }).cause?.code);
  }
  return 'none';
}

it('ST14: a second row of the same two is refused by the tables themselves, in either order', async () => {
  const event = storedEvent();
  await databaseEvents(opened.database).create(event, new Date());
  const outage = new OutageLog(pino({ level: 'silent' }), 'storing pairs');
  const metPairs = databaseMetPairs(opened, outage);
  const pair = ['aaaaaaaa' as MemberId, 'bbbbbbbb' as MemberId] as const;
  const matchId = 'match' as MatchId;
  const recorded = await metPairs.record(event.id, [{ matchId, pair, cycle: 1 }]);
  expect(recorded.ok).toBe(true);
  const [uniqueViolation, checkViolation] = ['23505', '23514'];
  expect(await refusal(event.id, 'aaaaaaaa', 'bbbbbbbb')).toBe(uniqueViolation);
  expect(await refusal(event.id, 'bbbbbbbb', 'aaaaaaaa')).toBe(checkViolation);
  expect(await refusal(event.id, 'aaaaaaaa', 'aaaaaaaa')).toBe(checkViolation);
  expect(await refusal(event.id, 'aaaaaaaa', 'cccccccc')).toBe('none');
  expect(await metPairs.count(event.id, 1)).toBe(2);
});
