import { FIXED_POINT_BITS } from './backdrop.ts';
import type { Plane } from './planes.ts';

/** A plane to be drawn over, px of its own. */
interface Target extends Plane {
  readonly data: Uint8Array;
  /** The same bytes, by fours; null where they do not lie so. */
  readonly words: Uint32Array | null;
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

/** Room for one interpolated row of each grid, with a value or two more at its end. */
interface Rows {
  readonly mask: Int32Array;
  readonly backdrop: Int32Array;
}

export function rowsFor(maskWidth: number, backdropWidth: number): Rows {
  return { mask: new Int32Array(maskWidth + 2), backdrop: new Int32Array(backdropWidth + 1) };
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
  row.fill(row[width - 1]!, width);
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

/**
 * Cell by cell of the backdrop's grid, which is two of the mask's. Most are all person (skipped) or
 * all backdrop, where four values are written at once.
 */
function blendRow(target: Target, start: number, spacing: number, rows: Rows): void {
  const { data, words, width, step } = target;
  const shift = 31 - Math.clz32(spacing);
  const cellWidth = 2 * spacing;
  const cells = Math.ceil(width / cellWidth);
  let at = start;
  for (let cell = 0; cell < cells; cell += 1) {
    const left = rows.mask[2 * cell]!;
    const middle = rows.mask[2 * cell + 1]!;
    const right = rows.mask[2 * cell + 2]!;
    const rest = width - cell * cellWidth;
    const end = at + (rest < cellWidth ? rest : cellWidth) * step;
    const from = rows.backdrop[cell]!;
    const slope = (rows.backdrop[cell + 1]! - from) >> (shift + 1);
    if ((left & middle & right) === 255) at = end;
    else if ((left | middle | right) === 0) {
      if (words !== null && rest >= cellWidth) fillWords(words, at, end, from, slope);
      else fillCell(data, at, end, step, from, slope);
      at = end;
    } else {
      const half = Math.min(end, at + spacing * step);
      blendCell(data, at, half, step, left << 8, ((middle - left) << 8) >> shift, from, slope);
      const behind = from + slope * spacing;
      blendCell(
        data,
        half,
        end,
        step,
        middle << 8,
        ((right - middle) << 8) >> shift,
        behind,
        slope,
      );
      at = end;
    }
  }
}

/** The slope is so small that pairs of neighbours may be the same. */
function fillWords(words: Uint32Array, at: number, end: number, from: number, slope: number): void {
  let behind = from;
  for (let word = at >> 2; word < end >> 2; word += 1, behind += 4 * slope) {
    const first = behind >> FIXED_POINT_BITS;
    const third = (behind + 2 * slope) >> FIXED_POINT_BITS;
    words[word] = first * 0x0101 + third * 0x01010000;
  }
}

function fillCell(
  data: Uint8Array,
  start: number,
  end: number,
  step: number,
  from: number,
  slope: number,
): void {
  for (let at = start, behind = from; at < end; at += step, behind += slope)
    data[at] = behind >> FIXED_POINT_BITS;
}

/** `keep` is how much of the plane stays, in 1/65,536. */
function blendCell(
  data: Uint8Array,
  start: number,
  end: number,
  step: number,
  keepFrom: number,
  keepSlope: number,
  from: number,
  slope: number,
): void {
  let keep = keepFrom;
  for (let at = start, behind = from; at < end; at += step, behind += slope, keep += keepSlope) {
    const back = behind >> FIXED_POINT_BITS;
    data[at] = back + (((data[at]! - back) * keep) >> 16);
  }
}

/** The plane's bytes by fours, where rows begin and cells end on whole fours. */
export function wordsOf({ data, offset, stride, step }: Omit<Target, 'words'>): Uint32Array | null {
  const isWhole = step === 1 && ((data.byteOffset | offset | stride) & 3) === 0;
  return isWhole ? new Uint32Array(data.buffer, data.byteOffset, data.byteLength >> 2) : null;
}
