/** How much work goes into the picture. */
export interface Quality {
  /** The network looks at every n-th frame that is processed. */
  readonly maskEvery: number;
  /** Whether a frame waits for its own mask, or takes the latest there is. */
  readonly waitsForMask: boolean;
  /** Width and height are divided by this. */
  readonly shrink: 1 | 2;
  /** Every n-th frame is processed; the others are left out. */
  readonly frameEvery: number;
}

/** From the best down; what suffers least comes first, and size goes before smoothness. */
export const QUALITIES = [
  { maskEvery: 1, waitsForMask: true, shrink: 1, frameEvery: 1 },
  { maskEvery: 2, waitsForMask: false, shrink: 1, frameEvery: 1 },
  { maskEvery: 3, waitsForMask: false, shrink: 1, frameEvery: 1 },
  { maskEvery: 3, waitsForMask: false, shrink: 2, frameEvery: 1 },
  { maskEvery: 2, waitsForMask: false, shrink: 2, frameEvery: 2 },
] as const satisfies readonly Quality[];

/** Index into QUALITIES. */
export type QualityLevel = 0 | 1 | 2 | 3 | 4;

export const WORST_LEVEL: QualityLevel = 4;
