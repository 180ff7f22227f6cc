/** 0–255 each. */
export type Rgb = readonly [red: number, green: number, blue: number];
export type Yuv = readonly [luma: number, u: number, v: number];

/** BT.601, limited range: what cameras and WebRTC speak. */
export function yuvOf([red, green, blue]: Rgb): Yuv {
  return [
    16 + 0.257 * red + 0.504 * green + 0.098 * blue,
    128 - 0.148 * red - 0.291 * green + 0.439 * blue,
    128 + 0.439 * red - 0.368 * green - 0.071 * blue,
  ];
}
