import type { MediaProblem } from './mediaProblem.ts';
import type { Permission } from './permission.ts';

/**
 * What an error of `getUserMedia` means to a person. Names are of Media Capture and Streams,
 * section 10.3, and two older ones; the texts are those of Chromium's `ErrorCodeToString`.
 *
 * @param permission as it stands after the error: Firefox and Safari have one text for everything
 * that is not allowed.
 */
export function mediaProblemOf(error: unknown, permission: Permission): MediaProblem {
  const { name, message } = textsOf(error);
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return refusal(message, permission);
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

function refusal(message: string, permission: Permission): MediaProblem {
  if (/system/i.test(message)) return 'blockedBySystem';
  if (/dismiss/i.test(message)) return 'dismissed';
  // The browser itself would have let us: somebody below it did not.
  if (permission === 'granted') return 'blockedBySystem';
  // Firefox and Safari: still to be asked, so nobody said no.
  return permission === 'prompt' && !/denied/i.test(message) ? 'dismissed' : 'denied';
}

/** Older browsers have an OverconstrainedError that is no Error. */
function textsOf(error: unknown): { name: string; message: string } {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error) };
  const { name = '', message = '' } = error as { name?: unknown; message?: unknown };
  return { name: String(name), message: String(message) };
}
