import { findProgram, installPackages, mayInstallPackages } from './installPackages.ts';

const ADVICE =
  'The tests of the proxy in front of several nodes need an nginx that they can start, and none was found.\n' +
  'Install one (Debian, Ubuntu: sudo apt-get install nginx-light), and run this command again.';

if (findProgram(['nginx'], ['/usr/sbin/nginx']) === null) {
  try {
    if (!mayInstallPackages()) throw new Error(ADVICE);
    console.log('Missing: nginx; installing with apt-get.');
    await installPackages(['nginx-light'], ADVICE);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    // Elsewhere its tests are skipped, and say so.
    if (process.env['CI']) process.exitCode = 1;
  }
}
