import { drawSitter } from '../../../e2e/blur/drawSitter.ts';
import type { SceneSize } from '../../../e2e/blur/sitterScene.ts';

/** Variance of the Laplacian of luma: high where there is detail. */
export interface Sharpness {
  readonly background: number;
  readonly person: number;
}

/** The band along the person's outline that is left out, as a share of the width: mask and sway. */
const EDGE_SHARE = 0.045;
const STEP = 8;

export function sharpnessOf(canvas: HTMLCanvasElement, size: SceneSize): Sharpness {
  const { width, height } = size;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
  if (!pixels) throw new Error('This page has no 2D canvas.');
  const luma = Float32Array.from({ length: width * height }, (_, at) => lumaAt(pixels, at));
  const sums = { background: emptySum(), person: emptySum() };
  const place = placeOf(size);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const where = place(x, y);
      if (where !== 'edge') add(sums[where], laplacian(luma, y * width + x, width));
    }
  }
  return { background: varianceOf(sums.background), person: varianceOf(sums.person) };
}

function lumaAt(pixels: Uint8ClampedArray, at: number): number {
  return (
    0.299 * (pixels[4 * at] ?? 0) +
    0.587 * (pixels[4 * at + 1] ?? 0) +
    0.114 * (pixels[4 * at + 2] ?? 0)
  );
}

function laplacian(luma: Float32Array, at: number, width: number): number {
  const around = [at - 1, at + 1, at - width, at + width];
  return around.reduce((sum, near) => sum - (luma[near] ?? 0), 4 * (luma[at] ?? 0));
}

function emptySum() {
  return { count: 0, sum: 0, squares: 0 };
}

function add(sum: ReturnType<typeof emptySum>, value: number): void {
  sum.count += 1;
  sum.sum += value;
  sum.squares += value ** 2;
}

function varianceOf({ count, sum, squares }: ReturnType<typeof emptySum>): number {
  return squares / count - (sum / count) ** 2;
}

/** Where a pixel lies, by what was drawn: looked up on a coarse grid, away from the outline. */
function placeOf(size: SceneSize): (x: number, y: number) => 'background' | 'person' | 'edge' {
  const { width, height } = size;
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error('This page has no 2D canvas.');
  drawSitter(pen as unknown as CanvasRenderingContext2D, { ...size, lean: 0 });
  const { data } = pen.getImageData(0, 0, width, height);
  const isPerson = (x: number, y: number) => {
    const [column, row] = [clamp(x, width), clamp(y, height)];
    return (data[4 * (row * width + column) + 3] ?? 0) > 127;
  };
  const band = Math.round(EDGE_SHARE * width);
  const cells = new Map<number, 'background' | 'person' | 'edge'>();
  return (x, y) => {
    const [left, top] = [x - (x % STEP), y - (y % STEP)];
    const key = top * width + left;
    const known = cells.get(key) ?? surroundings(isPerson, left, top, band);
    cells.set(key, known);
    return known;
  };
}

function surroundings(
  isPerson: (x: number, y: number) => boolean,
  left: number,
  top: number,
  band: number,
): 'background' | 'person' | 'edge' {
  let people = 0;
  let count = 0;
  for (let y = top - band; y <= top + STEP + band; y += STEP / 2)
    for (let x = left - band; x <= left + STEP + band; x += STEP / 2) {
      people += isPerson(x, y) ? 1 : 0;
      count += 1;
    }
  if (people === 0) return 'background';
  return people === count ? 'person' : 'edge';
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}
