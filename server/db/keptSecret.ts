import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { settings } from './schema.ts';

/** A secret that this installation makes once and keeps; `make` is called only the first time. */
export async function keptSecret(
  database: Database,
  name: string,
  make: () => string,
): Promise<string> {
  await database.insert(settings).values({ name, value: make() }).onConflictDoNothing();
  const [row] = await database.select().from(settings).where(eq(settings.name, name));
  if (!row) throw new Error(`The setting ${name} was not stored.`);
  return row.value;
}
