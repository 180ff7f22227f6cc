import { boxBlur } from './boxBlur.ts';
import type { Yuv } from './colour.ts';
import { MASK_GRID, type PersonMask } from './personMask.ts';
import type { Planes } from './planes.ts';

/** One value of the backdrop stands for so many pixels each way. */
export const BACKDROP_GRID = 8;
/** A backdrop value is in fixed point, so that blending needs no floating point. */
export const FIXED_POINT_BITS = 16;
const FIXED_POINT = 2 ** FIXED_POINT_BITS;

/** Where the person is, the room counts this little: enough to fill the hole from its rim. */
const PERSON_WEIGHT = 0.002;
/** Blurred so often by a box, the result comes near a Gaussian. */
const PASSES = 2;

/**
 * What is shown behind the person, at an eighth of the picture's size: the room, blurred so that the
 * person leaves no halo in it, or one colour.
 */
export class Backdrop {
  readonly width: number;
  readonly height: number;
  readonly luma: Float32Array;
  readonly u: Float32Array;
  readonly v: Float32Array;
  readonly #weight: Float32Array;
  readonly #scratch: Float32Array;

  constructor(pictureWidth: number, pictureHeight: number) {
    this.width = Math.ceil(pictureWidth / BACKDROP_GRID);
    this.height = Math.ceil(pictureHeight / BACKDROP_GRID);
    const grid = () => new Float32Array(this.width * this.height);
    [this.luma, this.u, this.v] = [grid(), grid(), grid()];
    [this.#weight, this.#scratch] = [grid(), grid()];
  }

  paint([luma, u, v]: Yuv): void {
    this.luma.fill(luma * FIXED_POINT);
    this.u.fill(u * FIXED_POINT);
    this.v.fill(v * FIXED_POINT);
  }

  /** @param radius in values of this grid, at least 1 */
  blur(planes: Planes, mask: PersonMask, radius: number): void {
    for (let row = 0; row < this.height; row += 1) this.#gatherRow(planes, mask, row);
    const grids = [this.luma, this.u, this.v, this.#weight];
    for (let pass = 0; pass < PASSES; pass += 1)
      for (const grid of grids) boxBlur(grid, this.width, this.height, radius, this.#scratch);
    const { luma, u, v } = this;
    for (let at = 0; at < luma.length; at += 1) {
      const factor = FIXED_POINT / this.#weight[at]!;
      luma[at] = luma[at]! * factor;
      u[at] = u[at]! * factor;
      v[at] = v[at]! * factor;
    }
  }

  /** Nine samples around each place of the grid, weighted by how surely it is background. */
  #gatherRow({ data, width, height, luma, u, v }: Planes, mask: PersonMask, row: number): void {
    const spread = 3;
    const lastX = width - 1;
    const lastY = height - 1;
    const y = Math.min(lastY, row * BACKDROP_GRID);
    const middle = luma.offset + y * luma.stride;
    const upper = luma.offset + Math.max(0, y - spread) * luma.stride;
    const lower = luma.offset + Math.min(lastY, y + spread) * luma.stride;
    const uRow = u.offset + (y >> 1) * u.stride;
    const vRow = v.offset + (y >> 1) * v.stride;
    const maskRow = Math.min(mask.height - 1, Math.floor(y / MASK_GRID)) * mask.width;
    const lastMask = mask.width - 1;
    let at = row * this.width;
    for (let column = 0; column < this.width; column += 1, at += 1) {
      const x = Math.min(lastX, column * BACKDROP_GRID);
      const left = x > spread ? x - spread : 0;
      const right = x + spread < lastX ? x + spread : lastX;
      const person = mask.grid[maskRow + Math.min(lastMask, Math.floor(x / MASK_GRID))]!;
      const weight = 1 - person / 255 + PERSON_WEIGHT;
      const sum =
        data[upper + left]! +
        data[upper + x]! +
        data[upper + right]! +
        data[middle + left]! +
        data[middle + x]! +
        data[middle + right]! +
        data[lower + left]! +
        data[lower + x]! +
        data[lower + right]!;
      this.luma[at] = (sum * weight) / 9;
      this.u[at] = data[uRow + (x >> 1) * u.step]! * weight;
      this.v[at] = data[vRow + (x >> 1) * v.step]! * weight;
      this.#weight[at] = weight;
    }
  }
}
