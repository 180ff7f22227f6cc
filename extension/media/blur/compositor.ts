import { Backdrop, BACKDROP_GRID } from './backdrop.ts';
import { blendPlane, rowsFor, wordsOf, type BlendGrids } from './blendPlane.ts';
import { yuvOf } from './colour.ts';
import type { Look } from './look.ts';
import { MASK_GRID, type PersonMask } from './personMask.ts';
import type { Plane, Planes } from './planes.ts';

/** Radius of the two blurs in values of the backdrop's grid, at 640 px; wider pictures have more. */
const LEAST_RADIUS = 1;
const MOST_RADIUS = 6;
const RADIUS_AT_WIDTH = 640;

/**
 * Draws a backdrop behind the person, in place, on the planes that the camera delivers. Whole
 * pictures never become RGB and never visit a graphics card: on machines without one, that crossing
 * costs several times what everything here does.
 */
export class Compositor {
  #backdrop = new Backdrop(0, 0);
  #rows = rowsFor(0, 0);
  #size = '';

  draw(planes: Planes, mask: PersonMask, look: Look): void {
    const { width, height } = planes;
    mask.fit(width, height);
    this.#fit(width, height, mask.width);
    if (look.behind === 'colour') this.#backdrop.paint(yuvOf(look.colour));
    else this.#backdrop.blur(planes, mask, radiusOf(look.strength, width));
    const { luma, u, v } = this.#backdrop;
    this.#blend(planes, planes.luma, 1, mask, luma);
    this.#blend(planes, planes.u, 2, mask, u);
    this.#blend(planes, planes.v, 2, mask, v);
  }

  #fit(width: number, height: number, maskWidth: number): void {
    const size = `${width}x${height}`;
    if (size === this.#size) return;
    this.#size = size;
    this.#backdrop = new Backdrop(width, height);
    this.#rows = rowsFor(maskWidth, this.#backdrop.width);
  }

  /** @param every pixels of the picture, each way, that share one value of the plane */
  #blend(
    { data, width, height }: Planes,
    plane: Plane,
    every: 1 | 2,
    mask: PersonMask,
    values: Float32Array,
  ): void {
    const size = { width: Math.ceil(width / every), height: Math.ceil(height / every) };
    const target = { ...plane, ...size, data };
    const { width: gridWidth, height: gridHeight } = this.#backdrop;
    const grids: BlendGrids = {
      mask: {
        values: mask.grid,
        width: mask.width,
        height: mask.height,
        spacing: MASK_GRID / every,
      },
      backdrop: { values, width: gridWidth, height: gridHeight, spacing: BACKDROP_GRID / every },
    };
    blendPlane({ ...target, words: wordsOf(target) }, grids, this.#rows);
  }
}

function radiusOf(strength: number, width: number): number {
  const radius = LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * strength;
  return Math.max(1, Math.round((radius * width) / RADIUS_AT_WIDTH));
}
