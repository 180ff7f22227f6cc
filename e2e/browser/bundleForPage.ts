import { build } from 'esbuild';

/** Makes one classic script of a TypeScript file and its imports, for a browser page. */
export async function bundleForPage(path: string): Promise<string> {
  const result = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    logLevel: 'silent',
  });
  const script = result.outputFiles[0];
  if (script === undefined) throw new Error(`${path} gave no script.`);
  return script.text;
}
