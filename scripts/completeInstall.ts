import { spawnSync } from 'node:child_process';

/**
 * Runs after `npm install`, already on the Node 24 that the install brought. An npm that itself ran
 * on an older Node has left out the native parts that want a newer one (npm skips optional
 * dependencies whose `engines` do not fit), so the install is completed by the new Node.
 */
const NEEDED_MAJOR = 24;

const installer = /node\/v(\d+)/u.exec(process.env['npm_config_user_agent'] ?? '')?.[1];
const npm = process.env['npm_execpath'];

if (npm !== undefined && installer !== undefined && Number(installer) < NEEDED_MAJOR) {
  console.log(
    `This npm runs on Node ${installer}; completing the install with ${process.version}.`,
  );
  run(process.execPath, [npm, 'install', '--ignore-scripts', '--no-audit', '--no-fund']);
}
run('wxt', ['prepare']);

function run(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
