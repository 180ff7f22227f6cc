import { eq, sql } from 'drizzle-orm';
import type { SettingRepository } from '../ports/settingRepository.ts';
import { advisoryLock } from './advisoryLock.ts';
import type { Database } from './database.ts';
import { settings } from './schema.ts';
import { storing } from './storing.ts';

export function databaseSettings(database: Database): SettingRepository {
  const change: SettingRepository['change'] = (name, next) =>
    storing(changeOne(database, name, next));
  return { change, keep: (name, make) => change(name, (value) => value ?? make()) };
}

function changeOne(
  database: Database,
  name: string,
  next: (value: string | null) => string,
): Promise<string> {
  return database.transaction(async (transaction) => {
    // A row that does not exist yet cannot be locked.
    await transaction.execute(sql`select pg_advisory_xact_lock(${advisoryLock('settings')})`);
    const before = await read(transaction, name);
    const value = next(before);
    if (value !== before) await write(transaction, name, value);
    return value;
  });
}

async function read(database: Database, name: string): Promise<string | null> {
  const [row] = await database.select().from(settings).where(eq(settings.name, name));
  return row?.value ?? null;
}

async function write(database: Database, name: string, value: string): Promise<void> {
  await database
    .insert(settings)
    .values({ name, value })
    .onConflictDoUpdate({ target: settings.name, set: { value } });
}
