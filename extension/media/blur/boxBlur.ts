/** Blurs a grid by a box of `2 · radius + 1` values each way, in place; edges repeat outwards. */
export function boxBlur(
  grid: Float32Array,
  width: number,
  height: number,
  radius: number,
  scratch: Float32Array,
): void {
  for (let row = 0; row < height; row += 1)
    slide(grid, scratch, { start: row * width, step: 1, count: width }, radius);
  for (let column = 0; column < width; column += 1)
    slide(scratch, grid, { start: column, step: width, count: height }, radius);
}

interface Line {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** The mean of the window around each value of a line, carried along as a running sum. */
function slide(from: Float32Array, to: Float32Array, line: Line, radius: number): void {
  const { start, step, count } = line;
  const last = start + (count - 1) * step;
  const share = 1 / (2 * radius + 1);
  let sum = from[start]! * (radius + 1);
  for (let index = 1; index <= radius; index += 1)
    sum += from[Math.min(last, start + index * step)]!;
  for (let index = 0; index < count; index += 1) {
    const at = start + index * step;
    to[at] = sum * share;
    const entering = index + radius + 1 < count ? at + (radius + 1) * step : last;
    const leaving = index >= radius ? at - radius * step : start;
    sum += from[entering]! - from[leaving]!;
  }
}
