import { globSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  findProgram,
  installPackages,
  isExecutable,
  mayInstallPackages,
} from './installPackages.ts';

/** Debian keeps its versions apart and puts none on the PATH; so do the others. */
const USUAL_PLACES = [
  '/usr/lib/postgresql/*/bin',
  '/usr/pgsql-*/bin',
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
];
const OLDEST_VERSION = 15;
const NEEDED = ['initdb', 'postgres'];
const ADVICE =
  'The tests run the server on PostgreSQL as well, and PostgreSQL 15 or later was not found.\n' +
  'Install it (Debian, Ubuntu: sudo apt-get install postgresql; macOS: brew install postgresql@17),\n' +
  'or set POSTGRES_BIN to the folder of its programs, and run this command again.';

/** The folder with the programs of the newest PostgreSQL here, or null. */
export function findPostgres(): string | null {
  const chosen = process.env['POSTGRES_BIN'];
  if (chosen !== undefined && chosen !== '') return holdsPostgres(chosen) ? chosen : null;
  const onPath = findProgram(['initdb', 'postgres']);
  const folders = USUAL_PLACES.flatMap((place) => globSync(place))
    .filter((folder) => versionOf(folder) >= OLDEST_VERSION)
    .toSorted((one, other) => versionOf(other) - versionOf(one));
  const all = [...folders, ...(onPath === null ? [] : [dirname(realpathSync(onPath))])];
  return all.find(holdsPostgres) ?? null;
}

/** Of `/usr/lib/postgresql/15/bin`, 15. */
function versionOf(folder: string): number {
  return Number(/(\d+)[^/]*\/bin$/.exec(folder)?.[1] ?? 0);
}

function holdsPostgres(folder: string): boolean {
  return NEEDED.every((program) => isExecutable(join(folder, program)));
}

async function ensurePostgres(): Promise<string | null> {
  const found = findPostgres();
  if (found !== null || !mayInstallPackages()) return found;
  console.log('PostgreSQL is missing; installing it with apt-get. This takes a minute.');
  await installPackages(['postgresql'], ADVICE);
  return findPostgres();
}

/** Where nothing may be installed the tests on PostgreSQL are skipped, and say so; not in CI. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const folder = await ensurePostgres();
    console.log(folder === null ? ADVICE : `PostgreSQL: ${folder}`);
    if (folder === null && process.env['CI']) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
