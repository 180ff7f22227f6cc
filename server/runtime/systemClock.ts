import type { Clock } from '../ports/clock.ts';

/** Longer delays overflow Node's timers, which then fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after(delay, callback) {
    const wait = Math.min(Math.max(0, Math.ceil(delay)), LONGEST_TIMER_MS);
    const timer = setTimeout(callback, wait);
    return () => clearTimeout(timer);
  },
};
