import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'scripts/*.ts',
    'bench/*.ts',
    // Started as processes of their own.
    'bench/broker/*Process.ts',
    'e2e/server/hastyServer.ts',
    'server/main.ts',
    // A thread of its own.
    'server/db/embeddedThread.ts',
    'web/*/main.ts',
    'extension/entrypoints/**/*.{ts,html}',
    // Drawn by scripts/gallery.ts, never part of the built extension.
    'extension/gallery/main.ts',
    'e2e/**/*.test.ts',
    // Loaded by pages of the stream site and by the harness's own test extension.
    'e2e/streamSite/page/*.{ts,css}',
    'e2e/probe/**/*.js',
  ],
  project: ['{shared,server,extension,web,e2e,bench,scripts}/**/*.{ts,vue,css}'],
  // Read as a file and put into the tested page, so nothing imports it.
  ignoreDependencies: ['axe-core'],
  // Found or installed by scripts/ensure….ts; `mount` comes with Linux.
  ignoreBinaries: ['mount', 'umount'],
  // A schema and its type are exported together, whoever needs only one of them.
  ignore: ['shared/protocol/*.ts'],
};

export default config;
