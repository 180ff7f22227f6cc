/** The strongest frequency of a piece of sound. */
export interface Tone {
  readonly hertz: number;
  /** Root mean square of the samples, 0–1. */
  readonly level: number;
}

const LOWEST_HZ = 200;
const HIGHEST_HZ = 1_400;
const STEP_HZ = 5;

/** Finds the strongest frequency between 200 and 1,400 Hz, to about 5 Hz, by Goertzel's algorithm. */
export function findTone(samples: readonly number[], samplesPerSecond: number): Tone {
  const level = Math.sqrt(samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length);
  const windowed = samples.map(
    (value, index) => value * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / samples.length)),
  );
  let best = { hertz: 0, power: 0 };
  for (let hertz = LOWEST_HZ; hertz <= HIGHEST_HZ; hertz += STEP_HZ) {
    const power = powerAt(windowed, hertz / samplesPerSecond);
    if (power > best.power) best = { hertz, power };
  }
  return { hertz: best.hertz, level };
}

/** Energy at a frequency given in cycles per sample. */
function powerAt(samples: readonly number[], frequency: number): number {
  const coefficient = 2 * Math.cos(2 * Math.PI * frequency);
  let last = 0;
  let beforeLast = 0;
  for (const sample of samples) {
    const next = sample + coefficient * last - beforeLast;
    beforeLast = last;
    last = next;
  }
  return last ** 2 + beforeLast ** 2 - coefficient * last * beforeLast;
}
