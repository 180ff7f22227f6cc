import { findProgram, installPackages, mayInstallPackages } from './installPackages.ts';

const ADVICE =
  'The tests of several nodes need a Redis that they can start, and none was found.\n' +
  'Install one (Debian, Ubuntu: sudo apt-get install redis-server), and run this command again.';

if (findProgram(['redis-server']) === null) {
  try {
    if (!mayInstallPackages()) throw new Error(ADVICE);
    console.log('Missing: redis-server; installing with apt-get.');
    await installPackages(['redis-server'], ADVICE);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
