import { MODEL_HEIGHT, MODEL_WIDTH } from './modelInput.ts';

/** One value of the grid stands for so many pixels each way; between them, blending interpolates. */
export const MASK_GRID = 4;

/**
 * The network is unsure between these, of 1: there the edge is soft. Nearer to the person than to the
 * room, because a rim of the room around somebody's hair is what one notices.
 */
const SURELY_BACKGROUND = 0.4;
const SURELY_PERSON = 0.9;
/** How much of a change a new mask brings at once: little flicker, yet no trail behind a movement. */
const STEADY = 0.55;

/**
 * Where the person is, smoothed over time and with soft edges, on a grid over the picture: 255 is
 * person, 0 is background.
 */
export class PersonMask {
  width = 0;
  height = 0;
  grid = new Uint8Array(0);
  readonly #steady = new Float32Array(MODEL_WIDTH * MODEL_HEIGHT);
  readonly #smooth = new Float32Array(MODEL_WIDTH * MODEL_HEIGHT);
  readonly #scratch = new Float32Array(MODEL_WIDTH * MODEL_HEIGHT);
  #columns = sampling(0, 1, MODEL_WIDTH);
  #rows = sampling(0, 1, MODEL_HEIGHT);
  #isFirst = true;
  #size = '';

  /** The next mask is of another scene: nothing of the earlier ones may show in it. */
  forget(): void {
    this.#isFirst = true;
  }

  /** Takes the network's answer for a picture, 0–255 at the network's size. */
  update(mask: Uint8Array): void {
    follow(this.#steady, mask, this.#isFirst);
    // The network's own pixels are several of the picture's: without it, outlines have steps.
    softenAcross(this.#steady, this.#scratch);
    softenDown(this.#scratch, this.#smooth);
    this.#isFirst = false;
    this.#fill();
  }

  /** Lays the grid over pictures of this size, px. */
  fit(pictureWidth: number, pictureHeight: number): void {
    const size = `${pictureWidth}x${pictureHeight}`;
    if (size === this.#size) return;
    this.#size = size;
    this.width = Math.ceil(pictureWidth / MASK_GRID);
    this.height = Math.ceil(pictureHeight / MASK_GRID);
    this.grid = new Uint8Array(this.width * this.height);
    this.#columns = sampling(this.width, pictureWidth, MODEL_WIDTH);
    this.#rows = sampling(this.height, pictureHeight, MODEL_HEIGHT);
    this.#fill();
  }

  #fill(): void {
    for (let row = 0; row < this.height; row += 1) this.#fillRow(row);
  }

  #fillRow(row: number): void {
    const columns = this.#columns;
    const smooth = this.#smooth;
    const upper = this.#rows.from[row]! * MODEL_WIDTH;
    const lower = this.#rows.to[row]! * MODEL_WIDTH;
    const down = this.#rows.share[row]!;
    const start = row * this.width;
    for (let column = 0; column < this.width; column += 1) {
      const left = columns.from[column]!;
      const right = columns.to[column]!;
      const across = columns.share[column]!;
      const above = smooth[upper + left]! * (1 - across) + smooth[upper + right]! * across;
      const below = smooth[lower + left]! * (1 - across) + smooth[lower + right]! * across;
      this.grid[start + column] = SOFT_EDGE[(above + (below - above) * down + 0.5) | 0]!;
    }
  }
}

/** A large change is a movement and is followed at once; a small one is the network's own unrest. */
function follow(steady: Float32Array, mask: Uint8Array, isFirst: boolean): void {
  for (let at = 0; at < steady.length; at += 1) {
    const change = mask[at]! - steady[at]!;
    const share = isFirst ? 1 : STEADY + ((1 - STEADY) * Math.abs(change)) / 255;
    steady[at] = steady[at]! + change * share;
  }
}

/** The mean of each value and its neighbours (1 : 2 : 1) along a row; at the ends, of two. */
function softenAcross(from: Float32Array, to: Float32Array): void {
  for (let start = 0; start < from.length; start += MODEL_WIDTH) {
    const end = start + MODEL_WIDTH - 1;
    for (let at = start; at <= end; at += 1) {
      const left = from[at > start ? at - 1 : at]!;
      const right = from[at < end ? at + 1 : at]!;
      to[at] = (left + 2 * from[at]! + right) / 4;
    }
  }
}

/** The same along a column. */
function softenDown(from: Float32Array, to: Float32Array): void {
  const lastRow = from.length - MODEL_WIDTH;
  for (let at = 0; at < from.length; at += 1) {
    const above = from[at >= MODEL_WIDTH ? at - MODEL_WIDTH : at]!;
    const below = from[at < lastRow ? at + MODEL_WIDTH : at]!;
    to[at] = (above + 2 * from[at]! + below) / 4;
  }
}

/** For each value of a grid, the two values of the network's mask that it lies between. */
interface Sampling {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Of the second one. */
  readonly share: Float32Array;
}

function sampling(count: number, pictureSize: number, modelSize: number): Sampling {
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const share = new Float32Array(count);
  for (let index = 0; index < count; index += 1) {
    const at = ((index * MASK_GRID + 0.5) * modelSize) / pictureSize - 0.5;
    const place = Math.min(modelSize - 1, Math.max(0, at));
    from[index] = Math.floor(place);
    to[index] = Math.min(modelSize - 1, Math.floor(place) + 1);
    share[index] = place - Math.floor(place);
  }
  return { from, to, share };
}

/** Smoothstep between the two sure values, for each of 256. */
const SOFT_EDGE = Uint8Array.from({ length: 256 }, (_, value) => {
  const place = (value / 255 - SURELY_BACKGROUND) / (SURELY_PERSON - SURELY_BACKGROUND);
  const inside = Math.min(1, Math.max(0, place));
  return Math.round(inside * inside * (3 - 2 * inside) * 255);
});
