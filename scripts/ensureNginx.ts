import { ensurePackages } from './ensurePackages.ts';
import { findProgram } from './installPackages.ts';

const ADVICE =
  'The tests of the proxy in front of several nodes need an nginx that they can start, and none was found.\n' +
  'Install one (Debian, Ubuntu: sudo apt-get install nginx-light), and run this command again.';

const isMissing = findProgram(['nginx'], ['/usr/sbin/nginx']) === null;
/** Elsewhere its tests are skipped, and say so. */
if (isMissing && !(await ensurePackages(['nginx-light'], ADVICE)) && process.env['CI']) {
  process.exitCode = 1;
}
