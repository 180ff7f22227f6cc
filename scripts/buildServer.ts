import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const TARGET = join(ROOT, '.output', 'server');

/** CommonJS packages inside an ES module still ask for these. */
const COMMONJS_NAMES = [
  "import { createRequire as createRequireForBundle } from 'node:module';",
  'const require = createRequireForBundle(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join('\n');

/**
 * Unbundled, drizzle alone takes a second or two and 200 MB to load. What is imported only when it is
 * needed (OpenTelemetry, each database's driver) has files of its own, which are not read otherwise.
 */
await rm(TARGET, { recursive: true, force: true });
await build({
  entryPoints: [
    { in: join(ROOT, 'server', 'main.ts'), out: 'main' },
    { in: join(ROOT, 'server', 'db', 'embeddedThread.ts'), out: 'embeddedThread' },
  ],
  outdir: TARGET,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  // It finds its WebAssembly beside itself.
  external: ['@electric-sql/pglite'],
  banner: { js: COMMONJS_NAMES },
  logLevel: 'warning',
  sourcemap: 'linked',
  legalComments: 'none',
});
await cp(join(ROOT, 'server', 'db', 'migrations'), join(TARGET, 'migrations'), {
  recursive: true,
});
