import { fail, ok, type Result } from '../../shared/result.ts';
import { BLOCKS_PER_ROW, ROW_HEIGHT, decodeRow, knownBlocks, rowTop } from './pictureCode.ts';
import type { Row } from './pictureCode.ts';

/** Pixels as a canvas gives them: red, green, blue, alpha, 0–255 each, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

export interface PictureContent {
  /** Whose camera this is: `Person.code`. */
  readonly personCode: number;
  /** Changes from picture to picture, 0–29. */
  readonly timeCode: number;
}

/** `flat`: no strip of black and white blocks there (a black picture); `garbled`: it cannot be read. */
export type PictureProblem = 'flat' | 'garbled';

/** The least difference of black and white, of 255; a dim or washed-out picture has more. */
const LEAST_CONTRAST = 60;

/** Reads person and time from a picture of a fake camera, whatever its size. */
export function readPicture(pixels: Pixels): Result<PictureContent, PictureProblem> {
  const personCode = readRow(pixels, 'person');
  if (!personCode.ok) return personCode;
  const timeCode = readRow(pixels, 'time');
  if (!timeCode.ok) return timeCode;
  return ok({ personCode: personCode.value, timeCode: timeCode.value });
}

function readRow(pixels: Pixels, row: Row): Result<number, PictureProblem> {
  const levels = Array.from({ length: BLOCKS_PER_ROW }, (_, block) =>
    blockLevel(pixels, row, block),
  );
  const white = average(levels.filter((_, index) => knownBlocks().get(index) === true));
  const black = average(levels.filter((_, index) => knownBlocks().get(index) === false));
  if (white - black < LEAST_CONTRAST) return fail('flat');
  const middle = (white + black) / 2;
  const value = decodeRow(
    row,
    levels.map((level) => level > middle),
  );
  return value === null ? fail('garbled') : ok(value);
}

/** Mean brightness of the inner half of a block: its edges bleed into the neighbours. */
function blockLevel({ width, height, data }: Pixels, row: Row, block: number): number {
  const left = Math.round(((block + 0.25) / BLOCKS_PER_ROW) * width);
  const right = Math.round(((block + 0.75) / BLOCKS_PER_ROW) * width);
  const top = Math.round((rowTop(row) + 0.25 * ROW_HEIGHT) * height);
  const bottom = Math.round((rowTop(row) + 0.75 * ROW_HEIGHT) * height);
  const levels: number[] = [];
  for (let y = top; y < Math.max(bottom, top + 1); y += 1) {
    for (let x = left; x < Math.max(right, left + 1); x += 1) {
      const pixel = (y * width + x) * 4;
      levels.push((data[pixel]! + data[pixel + 1]! + data[pixel + 2]!) / 3);
    }
  }
  return average(levels);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
