import { stripeContrast, type Luma } from './stripeContrast.ts';

/** What was on the frames of a track. */
export interface FrameCount {
  frames: number;
  /** The room was to be seen. */
  raw: number;
  /** One colour. */
  neutral: number;
  /** The person before a wall without stripes. */
  processed: number;
  /** The most of the wall's stripes that any frame showed, 0–1. */
  worst: number;
}

/** More than this share of the stripes' contrast, and a person would recognise the room. */
const RAW_CONTRAST = 0.35;
/** Codecs leave less than this difference on a plain wall. */
const FLAT_SPREAD = 12;

export function emptyCount(): FrameCount {
  return { frames: 0, raw: 0, neutral: 0, processed: 0, worst: 0 };
}

/** Adds one picture to the count. */
export function countFrame(count: FrameCount, luma: Luma): void {
  const contrast = stripeContrast(luma);
  count.frames += 1;
  count.worst = Math.max(count.worst, contrast);
  if (contrast > RAW_CONTRAST) count.raw += 1;
  else if (spread(luma) < FLAT_SPREAD) count.neutral += 1;
  else count.processed += 1;
}

/** Difference of the brightest and the darkest of a few hundred pixels. */
function spread({ data, stride, width, height }: Luma): number {
  let least = 255;
  let most = 0;
  for (let y = 8; y < height; y += 16)
    for (let x = 8; x < width; x += 16) {
      const value = data[y * stride + x] ?? 0;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  return most - least;
}
