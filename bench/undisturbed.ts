import { readFileSync } from 'node:fs';
import type { Reading } from './reading.ts';

/** Where the machine is a guest, its host may give its processors to others: `cpu` of /proc/stat, column 8. */
const STOLEN = 8;
const LOOK_EVERY_MS = 100;

interface Moment {
  readonly until: number;
  readonly disturbed: boolean;
}

export interface HostWatch {
  /** Those that began and ended in tenths of a second of which the host took nothing. */
  undisturbed(readings: readonly Reading[]): Reading[];
  end(): void;
}

/**
 * Watches what the machine's host takes away. A p99 is made of its worst milliseconds, and a host with
 * other guests takes more than that: what it did says nothing about a server.
 */
export function watchHost(): HostWatch {
  const moments: Moment[] = [];
  let before = countStolen();
  const timer = setInterval(() => {
    const now = countStolen();
    moments.push({ until: performance.now(), disturbed: now !== before });
    before = now;
  }, LOOK_EVERY_MS);
  const isDisturbedAt = (at: number) => {
    const after = moments.findIndex(({ until }) => until >= at);
    return after < 0 || moments[after]!.disturbed;
  };
  return {
    undisturbed: (readings) =>
      readings.filter(({ at, ms }) => !isDisturbedAt(at) && !isDisturbedAt(at + ms)),
    end: () => clearInterval(timer),
  };
}

/** In ticks of 10 ms, of all processors. */
function countStolen(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  return Number(line.split(/\s+/u)[STOLEN]);
}
