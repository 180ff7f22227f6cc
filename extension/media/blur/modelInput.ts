import type { Planes } from './planes.ts';

/** Pixels that the network looks at, whatever the camera's shape: it was trained on stretched ones. */
export const MODEL_WIDTH = 256;
export const MODEL_HEIGHT = 144;

/** Scales a picture to the network's input, RGBA; each value is the mean of four pixels. */
export class ModelInput {
  readonly #columns = new Int32Array(MODEL_WIDTH);
  #width = 0;

  /** Fills `pixels`, which has room for the network's input. */
  fill(planes: Planes, pixels: Uint8ClampedArray): void {
    if (this.#width !== planes.width) this.#mapColumns(planes.width);
    for (let row = 0; row < MODEL_HEIGHT; row += 1) {
      const y = sample(row, MODEL_HEIGHT, planes.height);
      fillRow(planes, y, this.#columns, pixels, row * MODEL_WIDTH * 4);
    }
  }

  #mapColumns(width: number): void {
    this.#width = width;
    for (let column = 0; column < MODEL_WIDTH; column += 1)
      this.#columns[column] = sample(column, MODEL_WIDTH, width);
  }
}

/** An even coordinate, so that the square of four pixels shares one chroma value. */
function sample(index: number, count: number, size: number): number {
  return Math.max(0, Math.min(size - 2, Math.floor(((index + 0.5) * size) / count))) & ~1;
}

/** BT.601, limited range, in 1/256. */
function fillRow(
  { data, luma, u, v }: Planes,
  y: number,
  columns: Int32Array,
  pixels: Uint8ClampedArray,
  start: number,
): void {
  const upper = luma.offset + y * luma.stride;
  const lower = upper + luma.stride;
  const uRow = u.offset + (y >> 1) * u.stride;
  const vRow = v.offset + (y >> 1) * v.stride;
  let at = start;
  for (let column = 0; column < MODEL_WIDTH; column += 1) {
    const x = columns[column]!;
    const sum = data[upper + x]! + data[upper + x + 1]! + data[lower + x]! + data[lower + x + 1]!;
    const light = 298 * ((sum >> 2) - 16) + 128;
    const blueness = data[uRow + (x >> 1) * u.step]! - 128;
    const redness = data[vRow + (x >> 1) * v.step]! - 128;
    pixels[at] = (light + 409 * redness) >> 8;
    pixels[at + 1] = (light - 100 * blueness - 208 * redness) >> 8;
    pixels[at + 2] = (light + 516 * blueness) >> 8;
    pixels[at + 3] = 255;
    at += 4;
  }
}
