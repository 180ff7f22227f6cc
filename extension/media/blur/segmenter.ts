import { createSegmenter, SupportedModels } from '@tensorflow-models/body-segmentation';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { MODEL_HEIGHT, MODEL_WIDTH } from './modelInput.ts';

/** Finds people: 255 where the network sees one, for each pixel of its input. */
export interface Segmenter {
  segment(pixels: Uint8ClampedArray<ArrayBuffer>): Promise<Uint8Array>;
}

/**
 * Loads TensorFlow.js's WebAssembly and the network; the only place that knows either.
 *
 * @param files address of the folder with blur's files, with a slash at its end
 * @param progress from 0 to 1; the steps take about equally long
 */
export async function loadSegmenter(
  files: string,
  progress: (loaded: number) => void,
): Promise<Segmenter> {
  progress(0.25);
  // The threaded build starts workers from blobs, which extension pages forbid: it would never settle.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(files);
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start.');
  progress(0.5);
  const network = await createSegmenter(SupportedModels.MediaPipeSelfieSegmentation, {
    runtime: 'tfjs',
    modelType: 'landscape',
    modelUrl: `${files}model.json`,
  });
  progress(0.75);
  const segment = async (pixels: Uint8ClampedArray<ArrayBuffer>): Promise<Uint8Array> => {
    const [found] = await network.segmentPeople(new ImageData(pixels, MODEL_WIDTH, MODEL_HEIGHT));
    if (!found) throw new Error('The network gave no answer.');
    return maskOf(await found.mask.toTensor());
  };
  // The first run compiles kernels and is ten times slower than the next.
  await segment(new Uint8ClampedArray(MODEL_WIDTH * MODEL_HEIGHT * 4));
  progress(1);
  return { segment };
}

/** The mask is in the alpha channel of an RGBA tensor, which is ours to let go: each one leaks otherwise. */
async function maskOf(tensor: tf.Tensor3D): Promise<Uint8Array> {
  const values = await tensor.data();
  tensor.dispose();
  const mask = new Uint8Array(MODEL_WIDTH * MODEL_HEIGHT);
  for (let at = 0; at < mask.length; at += 1) mask[at] = values[4 * at + 3]! * 255;
  return mask;
}
