/**
 * The machine-readable strip at the bottom of a fake camera's picture: two rows of sixteen black or
 * white blocks, the person's code above, the time code below. A row reads `1 0 vvvvvvvv cccc 0 1`:
 * known ends (they give the levels of black and white), eight bits of value, four bits of check.
 * All places are fractions of the picture, so that a scaled picture still reads.
 */
export const BLOCKS_PER_ROW = 16;
/** 18 of 240 lines: two VP8 macroblocks are 32, so one block still covers a whole one after halving. */
export const ROW_HEIGHT = 0.075;

/** Different for each row, so that one row cannot be taken for the other. */
const ROW_SALT = { person: 0x5, time: 0x9 } as const;
export type Row = keyof typeof ROW_SALT;

const ENDS: ReadonlyMap<number, boolean> = new Map([
  [0, true],
  [1, false],
  [14, false],
  [15, true],
]);

/** Where the row begins, as a fraction of the picture's height. */
export function rowTop(row: Row): number {
  return row === 'person' ? 1 - 2 * ROW_HEIGHT : 1 - ROW_HEIGHT;
}

/** The blocks (white = true) that stand for a value of 0–255. */
export function encodeRow(row: Row, value: number): boolean[] {
  const bits = (value << 4) | checkOf(row, value);
  return Array.from(
    { length: BLOCKS_PER_ROW },
    (_, index) => ENDS.get(index) ?? ((bits >> (13 - index)) & 1) === 1,
  );
}

/** The value of a row of blocks, or null where an end or the check is wrong. */
export function decodeRow(row: Row, blocks: readonly boolean[]): number | null {
  for (const [index, white] of ENDS) if (blocks[index] !== white) return null;
  let bits = 0;
  for (const white of blocks.slice(2, 14)) bits = (bits << 1) | (white ? 1 : 0);
  const value = bits >> 4;
  return checkOf(row, value) === (bits & 0xf) ? value : null;
}

/** Blocks whose colour is the same on every picture. */
export function knownBlocks(): ReadonlyMap<number, boolean> {
  return ENDS;
}

/** CRC-4 (x⁴ + x + 1) of eight bits: finds every wrong single and double bit. */
function checkOf(row: Row, value: number): number {
  let rest = value << 4;
  for (let bit = 11; bit >= 4; bit -= 1) if ((rest >> bit) & 1) rest ^= 0x13 << (bit - 4);
  return rest ^ ROW_SALT[row];
}
