import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs the stories over real networks, and writes down what happened in each; `npm run timelines`. */
const ROOT = join(import.meta.dirname, '..');

const { status } = spawnSync('vitest', ['run', '--project', 'e2e', 'e2e/network'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, TIMELINES_FOLDER: join(ROOT, 'docs', 'network') },
});
process.exitCode = status ?? 1;
