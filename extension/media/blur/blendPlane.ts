import { FIXED_POINT_BITS } from './backdrop.ts';
import type { Plane } from './planes.ts';

/** A plane to be drawn over, px of its own. */
interface Target extends Plane {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Values on a coarse grid over a plane, one for each `spacing` px. */
interface Grid<Values> {
  readonly values: Values;
  readonly width: number;
  readonly height: number;
  readonly spacing: number;
}

export interface BlendGrids {
  /** 255: the plane shows; 0: the backdrop does. */
  readonly mask: Grid<Uint8Array>;
  /** Its spacing is twice the mask's. */
  readonly backdrop: Grid<Float32Array>;
}

/** Room for one interpolated row of each grid, with one value more at its end. */
interface Rows {
  readonly mask: Int32Array;
  readonly backdrop: Int32Array;
}

export function rowsFor(maskWidth: number, backdropWidth: number): Rows {
  return { mask: new Int32Array(maskWidth + 1), backdrop: new Int32Array(backdropWidth + 1) };
}

/** Draws the backdrop over a plane, in place, through the mask; both grids are interpolated. */
export function blendPlane(target: Target, { mask, backdrop }: BlendGrids, rows: Rows): void {
  for (let y = 0; y < target.height; y += 1) {
    if (interpolateMask(mask, y, rows.mask) === 255) continue;
    interpolateBackdrop(backdrop, y, rows.backdrop);
    blendRow(target, target.offset + y * target.stride, mask.spacing, rows);
  }
}

/** Returns the lowest value of the row. */
function interpolateMask(mask: Grid<Uint8Array>, y: number, row: Int32Array): number {
  const { values, width, height, spacing } = mask;
  const upper = Math.min(height - 1, Math.floor(y / spacing));
  const share = Math.min(255, ((y / spacing - upper) * 256) | 0);
  const above = upper * width;
  const below = Math.min(height - 1, upper + 1) * width;
  let lowest = 255;
  for (let x = 0; x < width; x += 1) {
    const value = values[above + x]! + (((values[below + x]! - values[above + x]!) * share) >> 8);
    row[x] = value;
    if (value < lowest) lowest = value;
  }
  row[width] = row[width - 1]!;
  return lowest;
}

function interpolateBackdrop(backdrop: Grid<Float32Array>, y: number, row: Int32Array): void {
  const { values, width, height, spacing } = backdrop;
  const upper = Math.min(height - 1, Math.floor(y / spacing));
  const share = Math.min(1, y / spacing - upper);
  const above = upper * width;
  const below = Math.min(height - 1, upper + 1) * width;
  for (let x = 0; x < width; x += 1)
    row[x] = values[above + x]! + (values[below + x]! - values[above + x]!) * share;
  row[width] = row[width - 1]!;
}

/** Cell by cell of the mask's grid; most cells are all person (skipped) or all backdrop (copied). */
function blendRow(target: Target, start: number, spacing: number, rows: Rows): void {
  const { data, width, step } = target;
  const shift = 31 - Math.clz32(spacing);
  let at = start;
  for (let cell = 0, x = 0; x < width; cell += 1, x += spacing) {
    const end = at + Math.min(spacing, width - x) * step;
    const left = rows.mask[cell]!;
    const right = rows.mask[cell + 1]!;
    if ((left & right) === 255) {
      at = end;
      continue;
    }
    const from = rows.backdrop[cell >> 1]!;
    const to = rows.backdrop[(cell >> 1) + 1]!;
    const slope = (to - from) >> (shift + 1);
    let behind = (cell & 1) === 1 ? from + slope * spacing : from;
    if ((left | right) === 0) {
      for (; at < end; at += step, behind += slope) data[at] = behind >> FIXED_POINT_BITS;
      continue;
    }
    let keep = left << 8;
    const keepSlope = ((right - left) << 8) >> shift;
    for (; at < end; at += step, behind += slope, keep += keepSlope) {
      const back = behind >> FIXED_POINT_BITS;
      data[at] = back + (((data[at]! - back) * keep) >> 16);
    }
  }
}
