import { spawn, type ChildProcess } from 'node:child_process';

/** What runs while one works, each with its own reload. */
const PARTS = [
  { name: 'server', command: 'node', args: ['--watch', 'server/main.ts'] },
  { name: 'web', command: 'vite', args: ['build', '--config', 'web/vite.config.ts', '--watch'] },
  { name: 'extension', command: 'wxt', args: [] },
] as const;

/**
 * Server, site and extension with reload. WXT opens the browser that it finds; load
 * `.output/chrome-mv3-dev` by hand where it finds none.
 */
const children = PARTS.map(start);
let stopping = false;

function start({ name, command, args }: (typeof PARTS)[number]): ChildProcess {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      process.stdout.write(text.toString().replace(/^(?=.)/gmu, `[${name}] `));
    });
  child.on('exit', (code) => {
    if (!stopping) console.log(`[${name}] ended with ${code ?? 'a signal'}`);
    stop();
  });
  return child;
}

/** One part alone is of no use: all end together. */
function stop(): void {
  if (stopping) return;
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
