import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const APT_GET = '/usr/bin/apt-get';

/** Debian's own packages only: Ubuntu's `chromium` is a snap, which does not start in containers. */
export function mayInstallPackages(): boolean {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    isExecutable(APT_GET)
  );
}

/** Installs with apt-get and tells its steps; throws with `advice` when that fails. */
export async function installPackages(names: readonly string[], advice: string): Promise<void> {
  console.log('  1 of 2: fetching the list of packages …');
  await run(APT_GET, ['update', '-qq'], advice);
  console.log(`  2 of 2: installing ${names.join(', ')} …`);
  const how = ['-y', '-qq', '--no-install-recommends'];
  await run(APT_GET, ['install', ...how, ...names], advice);
}

/** The path of the first of these programs that is on the PATH or in one of `places`. */
export function findProgram(
  names: readonly string[],
  places: readonly string[] = [],
): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...places].find(isExecutable) ?? null;
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function run(command: string, args: readonly string[], advice: string): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'], env });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with code ${code}.\n${advice}`));
    });
  });
}
