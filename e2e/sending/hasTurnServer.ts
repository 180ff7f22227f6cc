import { findProgram } from '../../scripts/installPackages.ts';

/** `npm test` installs coturn where it may; elsewhere somebody has to. */
export function hasTurnServer(): boolean {
  const has = process.platform === 'linux' && findProgram(['turnserver']) !== null;
  if (!has)
    console.warn(
      'The stories of hidden addresses are skipped: they need coturn on Linux. Install it with: sudo apt-get install coturn',
    );
  return has;
}
