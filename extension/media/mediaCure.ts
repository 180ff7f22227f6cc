import type { MediaProblem } from './mediaProblem.ts';

const BY_DEVICES = new Set<MediaProblem>(['missing', 'unplugged', 'busy', 'failed']);
const BY_PERMISSION = new Set<MediaProblem>(['denied', 'dismissed', 'blockedBySystem']);

/** What may end a problem without a press of *Try again*; null: only the person. */
export function cureOf(problem: MediaProblem): 'devices' | 'permission' | null {
  // Another device, or the same one plugged in again.
  if (BY_DEVICES.has(problem)) return 'devices';
  return BY_PERMISSION.has(problem) ? 'permission' : null;
}
