interface Picture {
  /** Length of the shorter side, px; a smaller picture is never made larger. */
  readonly lines: number;
  readonly framesPerSecond: number;
  readonly maxBitrate: number;
}

/** How much is sent at one step of the ladder. Bits a second throughout. */
export interface Rung {
  /** Null: sound alone, until the queue on the way has drained. */
  readonly video: Picture | null;
  readonly audioBitrate: number;
  /** The estimated bandwidth from which this flows well, redundant sound and packet headers included. */
  readonly needs: number;
}

/** Opus as browsers encode a voice by themselves. */
const VOICE = 32_000;
/** Still clear speech; with redundancy and headers it takes 50 kbit/s (measured), so 80 carry it. */
const NARROW_VOICE = 16_000;

/**
 * From the best to sound alone. Resolution goes before frame rate, and all of the picture before the
 * sound. Measured in Chromium 156 behind an uplink of 80 kbit/s: left alone it keeps 640×480 for 7 s,
 * the queue on the way stays 2 s long, and no frame arrives for 20 s.
 */
export const RUNGS: readonly Rung[] = [
  { video: picture(720, 30, 1_700_000), audioBitrate: VOICE, needs: 900_000 },
  { video: picture(480, 30, 800_000), audioBitrate: VOICE, needs: 450_000 },
  { video: picture(360, 30, 400_000), audioBitrate: VOICE, needs: 260_000 },
  { video: picture(240, 24, 200_000), audioBitrate: VOICE, needs: 160_000 },
  { video: picture(180, 12, 100_000), audioBitrate: NARROW_VOICE, needs: 100_000 },
  // Two small pictures a second: enough to see that somebody is there, too little to hurt the sound.
  { video: picture(120, 2, 40_000), audioBitrate: NARROW_VOICE, needs: 0 },
  { video: null, audioBitrate: NARROW_VOICE, needs: 0 },
];

export const LOWEST_MOVING = 4;
export const TRICKLE = 5;
export const SOUND_ALONE = 6;

/** What a machine that falls behind is spared, one after the other; the first is spared nothing. */
export const STRAINS: readonly Pick<Picture, 'lines' | 'framesPerSecond'>[] = [
  { lines: 720, framesPerSecond: 30 },
  { lines: 360, framesPerSecond: 30 },
  { lines: 240, framesPerSecond: 30 },
  { lines: 180, framesPerSecond: 30 },
  { lines: 180, framesPerSecond: 15 },
];

function picture(lines: number, framesPerSecond: number, maxBitrate: number): Picture {
  return { lines, framesPerSecond, maxBitrate };
}
