import { fileURLToPath } from 'node:url';
import { findPostgres } from '../../scripts/ensurePostgres.ts';
import { startPostgres } from '../../server/test/startPostgres.ts';
import { startRedis } from '../../server/test/startRedis.ts';

/** The server as it ships: `npm run build:server` makes it. */
export const BUILT_SERVER = fileURLToPath(
  new URL('../../.output/server/main.mjs', import.meta.url),
);

/** What several nodes have in common; a Redis and a PostgreSQL of the measurement's own. */
export interface Place {
  readonly redisUrl: string;
  /** Of every server that is measured, alone or not. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const programs = findPostgres();
  if (programs === null)
    throw new Error('PostgreSQL was not found: see scripts/ensurePostgres.ts.');
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres(programs)]);
  return {
    redisUrl: redis.url,
    environment: {
      DATABASE_URL: postgres.url,
      FOYER_RATE_PER_MINUTE: '1000000',
      LOG_LEVEL: 'info',
    },
    close: async () => void (await Promise.all([redis.close(), postgres.close()])),
  };
}
