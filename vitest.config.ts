import { availableParallelism } from 'node:os';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { findPostgres } from './scripts/ensurePostgres.ts';

/** What is told through the storage, which PostgreSQL has to do as well as the embedded database. */
const ON_BOTH_DATABASES = 'server/test/{http,owner,lobbySocket,broker,storage*}.test.ts';

const onPostgres = {
  test: {
    name: 'postgres',
    include: [ON_BOTH_DATABASES, 'server/test/{postgres,cluster}*.test.ts'],
    globalSetup: ['server/test/postgresForTests.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
};
const hasPostgres = findPostgres() !== null;
if (!hasPostgres)
  console.warn('Skipped: the tests on PostgreSQL. scripts/ensurePostgres.ts says why.');

const PAGES = ['e2e/{gallery,organizer}.test.ts'];
const inBrowsers = {
  globalSetup: ['server/test/runFolder.ts'],
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/** Left alone, vitest keeps a core for itself, which on two cores means one file at a time. */
const AT_ONCE = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    maxWorkers: AT_ONCE,
    reporters: ['default', './scripts/testCount.ts'],
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'unit',
          include: ['{shared,server,extension,web,bench}/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'server/test/**'],
          // Pure code, and half of their time went to loading it anew for each file.
          isolate: false,
        },
      },
      {
        test: {
          name: 'server',
          include: ['server/test/**/*.test.ts'],
          exclude: ['server/test/{postgres,cluster}*.test.ts'],
          globalSetup: ['server/test/runFolder.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      ...(hasPostgres ? [onPostgres] : []),
      {
        // Pages without a call: a busy machine makes them slower and nothing else.
        test: { ...inBrowsers, name: 'pages', include: PAGES },
      },
      {
        test: {
          ...inBrowsers,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: PAGES,
          // Browsers share two cores, and a test that waits for a machine proves nothing.
          fileParallelism: false,
        },
      },
    ],
  },
});
