import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { convertSelfieModel } from './convertSelfieModel.ts';

/** A file of the built extension that no bundler makes. */
interface ShippedFile {
  readonly absoluteSrc: string;
  readonly relativeDest: string;
}

const require = createRequire(import.meta.url);
const WASM = 'tfjs-backend-wasm-simd.wasm';

/**
 * What background blur loads at its first use, all from the extension itself: the network (256 × 144,
 * converted into `folder` on the way) and TensorFlow.js's WebAssembly. One build of that is enough:
 * every supported browser has SIMD, and the threaded one needs what extension pages forbid.
 */
export function blurFiles(folder: string): ShippedFile[] {
  const network = join(
    dirname(require.resolve('@mediapipe/selfie_segmentation/package.json')),
    'selfie_segmentation_landscape.tflite',
  );
  const { model, weights } = convertSelfieModel(readFileSync(network));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.json'), model);
  writeFileSync(join(folder, 'weights.bin'), weights);
  const wasm = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist');
  return [
    { absoluteSrc: resolve(folder, 'model.json'), relativeDest: 'blur/model.json' },
    { absoluteSrc: resolve(folder, 'weights.bin'), relativeDest: 'blur/weights.bin' },
    { absoluteSrc: join(wasm, WASM), relativeDest: `blur/${WASM}` },
  ];
}
