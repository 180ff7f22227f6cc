import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { BLUR_ALIAS } from '../../scripts/blurModel/blurAlias.ts';
import { blurFiles } from '../../scripts/blurModel/blurFiles.ts';
import { EXTENSION_PUBLIC_KEY } from '../../shared/extensionIdentity.ts';
import { withMetadata } from './withMetadata.ts';

const require = createRequire(import.meta.url);
const PAGE = fileURLToPath(new URL('page', import.meta.url));

/** As strict as the extension's own (wxt.config.ts). */
const MANIFEST = {
  manifest_version: 3,
  name: 'Background blur, measured',
  version: '1',
  key: EXTENSION_PUBLIC_KEY,
  content_security_policy: {
    extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'",
  },
};

/**
 * Builds an unpacked extension in `folder` with one page, which holds the extension's own blur and
 * both baselines; all that they load lies beside it.
 */
export async function buildBlurPage(folder: string): Promise<void> {
  await build({
    root: PAGE,
    base: './',
    configFile: false,
    logLevel: 'error',
    resolve: { alias: BLUR_ALIAS },
    build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
  });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  for (const { absoluteSrc, relativeDest } of blurFiles(join(folder, 'converted')))
    cpSync(absoluteSrc, join(folder, relativeDest));
  const tasks = join(folder, 'tasks-vision');
  mkdirSync(tasks, { recursive: true });
  const vision = dirname(require.resolve('@mediapipe/tasks-vision'));
  cpSync(join(vision, 'wasm'), tasks, { recursive: true });
  writeFileSync(join(tasks, 'selfie_segmenter.tflite'), withMetadata(network()));
}

function network(): Buffer {
  const folder = dirname(require.resolve('@mediapipe/selfie_segmentation/package.json'));
  return readFileSync(join(folder, 'selfie_segmentation_landscape.tflite'));
}
