import type { Millis } from '../../../shared/ids.ts';

/** A duration as m:ss. A second that has begun counts whole, so that 0:00 means over. */
export function clockText(duration: Millis): string {
  const seconds = Math.ceil(Math.max(0, duration) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
