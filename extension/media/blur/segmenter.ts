import {
  createSegmenter,
  SupportedModels,
  type BodySegmenter,
} from '@tensorflow-models/body-segmentation';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { MODEL_HEIGHT, MODEL_WIDTH } from './modelInput.ts';

/** Finds people in pictures of the network's size, RGBA: 255 where it sees one, for each pixel. */
export type Segment = (pixels: Uint8ClampedArray<ArrayBuffer>) => Promise<Uint8Array>;

const PIXELS = MODEL_WIDTH * MODEL_HEIGHT;

/**
 * Loads TensorFlow.js's WebAssembly and the network; the only place that knows either.
 *
 * @param files address of the folder with blur's files, with a slash at its end
 * @param progress from 0 to 1; the steps take about equally long
 */
export async function loadSegmenter(
  files: string,
  progress: (loaded: number) => void,
): Promise<Segment> {
  progress(0.25);
  // The threaded build starts workers from blobs, which extension pages forbid: it would never settle.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(files);
  if (!(await tf.setBackend('wasm'))) throw new Error('WebAssembly did not start.');
  progress(0.5);
  const segmenter = await createSegmenter(SupportedModels.MediaPipeSelfieSegmentation, {
    runtime: 'tfjs',
    modelType: 'landscape',
    modelUrl: `${files}model.json`,
  });
  progress(0.75);
  const segment = directly(segmenter) ?? asOffered(segmenter);
  // The first run compiles kernels and is ten times slower than the next.
  await segment(new Uint8ClampedArray(PIXELS * 4));
  progress(1);
  return segment;
}

/**
 * The segmenter's own network without what `segmentPeople` does around it: scaling the picture to the
 * size that it has already, the mask likewise, and widening it to four channels take as long as the
 * network itself (73 ms against 37 ms, side by side on a busy machine). Null where it cannot be had.
 */
function directly(segmenter: BodySegmenter): Segment | null {
  if (!('model' in segmenter) || !(segmenter.model instanceof GraphModel)) return null;
  const { model } = segmenter;
  const picture = new Float32Array(PIXELS * 3);
  return async (pixels) => {
    for (let at = 0, to = 0; at < pixels.length; at += 4) {
      picture[to++] = pixels[at]! / 255;
      picture[to++] = pixels[at + 1]! / 255;
      picture[to++] = pixels[at + 2]! / 255;
    }
    const found = tf.tidy(() =>
      model.predict(tf.tensor4d(picture, [1, MODEL_HEIGHT, MODEL_WIDTH, 3])),
    );
    if (!(found instanceof tf.Tensor)) throw new Error('The network has one answer.');
    // Its two channels are the same; see scripts/blurModel.
    return maskOf(found, 2, 1);
  };
}

function asOffered(segmenter: BodySegmenter): Segment {
  return async (pixels) => {
    const [found] = await segmenter.segmentPeople(new ImageData(pixels, MODEL_WIDTH, MODEL_HEIGHT));
    if (!found) throw new Error('The network gave no answer.');
    return maskOf(await found.mask.toTensor(), 4, 3);
  };
}

/** One channel of a tensor, which is ours to let go: each one leaks otherwise. */
async function maskOf(tensor: tf.Tensor, channels: number, channel: number): Promise<Uint8Array> {
  const values = await tensor.data();
  tensor.dispose();
  const mask = new Uint8Array(PIXELS);
  for (let at = 0; at < PIXELS; at += 1) mask[at] = values[channels * at + channel]! * 255;
  return mask;
}
