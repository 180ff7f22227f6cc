import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { openEmbedded } from '../db/openEmbedded.ts';
import { findPlaces } from '../places.ts';
import { madeOnce, runFolder } from './runFolder.ts';

/** In a server's data folder; beside it lies the lock of whoever has it open. */
const DATABASE = 'pglite';

/**
 * Puts a new, empty database into a server's data folder. To make one takes seconds of a core and to
 * copy one a moment, so that it is made once in a run.
 */
export async function copyDatabase(data: string): Promise<void> {
  const place = runFolder();
  if (place === null) return;
  const original = await madeOnce(join(place, 'data'), makeDatabase);
  await cp(join(original, DATABASE), join(data, DATABASE), { recursive: true });
}

async function makeDatabase(data: string): Promise<void> {
  const { migrationsFolder } = findPlaces(join(import.meta.dirname, '..'));
  const opened = await openEmbedded({ data, migrationsFolder, log: pino({ level: 'silent' }) });
  if (!opened.ok) throw new Error(opened.error);
  await opened.value.close();
}
