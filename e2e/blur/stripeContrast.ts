import { STRIPE_SHARE, type SceneSize } from './sitterScene.ts';

/** A picture's luma plane. */
export interface Luma extends SceneSize {
  readonly data: Uint8Array;
  readonly stride: number;
}

/** Difference of the two stripes' luma in the scene as it is. */
const FULL_CONTRAST = 105;
/** Places of the wall where the sitter never is, as shares of the picture: left, top, right, bottom. */
const WALL = [
  [0, 0.02, 0.14, 0.3],
  [0, 0.3, 0.14, 0.58],
  [0.86, 0.02, 1, 0.3],
  [0.86, 0.3, 1, 0.58],
  [0.14, 0.02, 0.5, 0.1],
  [0.5, 0.02, 0.86, 0.1],
] as const;
const ROW_STEP = 3;

/**
 * How much of the wall's stripes is left in the place that shows most of them: 1 is the raw scene,
 * 0 a wall without stripes. Works at every size, because the stripes scale with the picture.
 */
export function stripeContrast(luma: Luma): number {
  return Math.max(...WALL.map((place) => contrastAt(luma, place))) / FULL_CONTRAST;
}

/** The mean difference between a pixel and the one that is a stripe further right. */
function contrastAt(
  { data, stride, width, height }: Luma,
  [left, top, right, bottom]: readonly [number, number, number, number],
): number {
  const stripe = Math.round(width * STRIPE_SHARE);
  let sum = 0;
  let count = 0;
  for (let y = Math.round(top * height); y < bottom * height; y += ROW_STEP) {
    for (let x = Math.round(left * width); x + stripe < right * width; x += 1) {
      const at = y * stride + x;
      sum += Math.abs((data[at] ?? 0) - (data[at + stripe] ?? 0));
      count += 1;
    }
  }
  return sum / count;
}
