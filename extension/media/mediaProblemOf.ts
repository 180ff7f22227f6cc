import type { MediaProblem } from './mediaProblem.ts';

/**
 * What an error of `getUserMedia` means to a person. Names are of Media Capture and Streams,
 * section 10.3; the texts tell Chromium's three kinds of NotAllowedError apart.
 */
export function mediaProblemOf(error: unknown): MediaProblem {
  const { name, message } =
    error instanceof Error ? error : { name: 'Unknown', message: String(error) };
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      if (/system/i.test(message)) return 'blockedBySystem';
      return /dismiss/i.test(message) ? 'dismissed' : 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}
