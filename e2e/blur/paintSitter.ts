import { drawScene, type SceneSize } from './sitterScene.ts';

declare global {
  /** One picture of the scene, I420 (BT.601, limited range), as base64. */
  var paintSitter: ((size: SceneSize, frame: number) => string) | undefined;
}

/** Camera noise, ± this much: without any, a codec and a network have it too easy. */
const NOISE = 3;

globalThis.paintSitter = (size, frame) => {
  const canvas = new OffscreenCanvas(size.width, size.height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('This page has no 2D canvas.');
  drawScene(pen as unknown as CanvasRenderingContext2D, size, frame);
  const { data } = pen.getImageData(0, 0, size.width, size.height);
  let text = '';
  for (const value of planesOf(data, size, frame)) text += String.fromCharCode(value);
  return btoa(text);
};

function planesOf(data: Uint8ClampedArray, { width, height }: SceneSize, seed: number): Uint8Array {
  const planes = new Uint8Array((width * height * 3) / 2);
  const u = width * height;
  const v = u + u / 4;
  let state = seed + 1;
  for (let pixel = 0; pixel < u; pixel += 1) {
    const red = data[4 * pixel] ?? 0;
    const green = data[4 * pixel + 1] ?? 0;
    const blue = data[4 * pixel + 2] ?? 0;
    state = (state * 48_271) % 2_147_483_647;
    const noise = (state / 2_147_483_647 - 0.5) * 2 * NOISE;
    planes[pixel] = 16 + 0.257 * red + 0.504 * green + 0.098 * blue + noise;
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    if (x % 2 === 1 || y % 2 === 1) continue;
    const chroma = (y / 2) * (width / 2) + x / 2;
    planes[u + chroma] = 128 - 0.148 * red - 0.291 * green + 0.439 * blue;
    planes[v + chroma] = 128 + 0.439 * red - 0.368 * green - 0.071 * blue;
  }
  return planes;
}
