/** Waits before the first, second and third restart: a passing fault is over at once, a lasting one later. */
const DELAYS_MS = [0, 500, 2_000];
/** Failures further apart than this have nothing to do with each other. */
const REMEMBERED_MS = 60_000;

/**
 * How long to wait before a restart, ms; null when it failed too often lately to try again unasked.
 *
 * @param failures when it failed, the latest included, ms
 */
export function restartDelay(failures: readonly number[], now: number): number | null {
  const recent = failures.filter((at) => now - at < REMEMBERED_MS).length;
  return DELAYS_MS[recent - 1] ?? null;
}
