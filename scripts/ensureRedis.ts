import { ensurePackages } from './ensurePackages.ts';
import { findProgram } from './installPackages.ts';

const ADVICE =
  'The tests of several nodes need a Redis that they can start, and none was found.\n' +
  'Install one (Debian, Ubuntu: sudo apt-get install redis-server), and run this command again.';

if (findProgram(['redis-server']) === null && !(await ensurePackages(['redis-server'], ADVICE))) {
  process.exitCode = 1;
}
