import { expect, it } from 'vitest';
import { browserError } from './fakeMediaDevices.ts';
import type { MediaProblem } from './mediaProblem.ts';
import { mediaProblemOf } from './mediaProblemOf.ts';
import type { Permission } from './permission.ts';

const FIREFOX_REFUSES =
  'The request is not allowed by the user agent or the platform in the current context.';
const SAFARI_REFUSES = `${FIREFOX_REFUSES.slice(0, -1)}, possibly because the user denied permission.`;

/** Browser and system · what happened · name · text · permission afterwards · its meaning. */
const CASES: readonly [string, string, string, string, Permission, MediaProblem][] = [
  ['Chromium', 'Block pressed', 'NotAllowedError', 'Permission denied', 'denied', 'denied'],
  ['Chromium', 'blocked earlier', 'NotAllowedError', 'Permission denied', 'denied', 'denied'],
  ['Chromium', 'this time only no', 'NotAllowedError', 'Permission denied', 'prompt', 'denied'],
  ['Chromium', 'question closed', 'NotAllowedError', 'Permission dismissed', 'prompt', 'dismissed'],
  ['Chromium, old', 'Block pressed', 'PermissionDeniedError', '', 'denied', 'denied'],
  [
    'Chromium on macOS',
    'camera off in Privacy & Security',
    'NotAllowedError',
    'Permission denied by system',
    'granted',
    'blockedBySystem',
  ],
  [
    'Chromium on macOS',
    'camera off in Privacy & Security, site not asked yet',
    'NotAllowedError',
    'Permission denied by system',
    'prompt',
    'blockedBySystem',
  ],
  [
    'Chromium on Windows',
    'microphone off in Privacy & security',
    'NotAllowedError',
    'Permission denied by system',
    'granted',
    'blockedBySystem',
  ],
  [
    'Chromium on ChromeOS',
    'camera access off in Privacy controls',
    'NotAllowedError',
    'Permission denied by system',
    'granted',
    'blockedBySystem',
  ],
  [
    'Chromium on Linux',
    'portal',
    'NotAllowedError',
    'Permission denied',
    'granted',
    'blockedBySystem',
  ],
  ['Chromium', 'no camera', 'NotFoundError', 'Requested device not found', 'prompt', 'missing'],
  ['Chromium, old', 'no camera', 'DevicesNotFoundError', '', 'prompt', 'missing'],
  ['Chromium', 'remembered id is gone', 'OverconstrainedError', '', 'granted', 'missing'],
  [
    'Chromium on Windows',
    'Zoom has it',
    'NotReadableError',
    'Could not start video source',
    'granted',
    'busy',
  ],
  [
    'Chromium on Windows',
    'exclusive mode',
    'NotReadableError',
    'Could not start audio source',
    'granted',
    'busy',
  ],
  [
    'Chromium on Linux',
    'OBS has /dev/video0',
    'NotReadableError',
    'Device in use',
    'granted',
    'busy',
  ],
  [
    'Chromium on ChromeOS',
    'Android app has it',
    'NotReadableError',
    'Could not start video source',
    'granted',
    'busy',
  ],
  ['Chromium', 'slow USB hub', 'AbortError', 'Timeout starting video source', 'granted', 'busy'],
  ['Chromium, old', 'Skype has it', 'TrackStartError', '', 'granted', 'busy'],
  ['Chromium', 'insecure page', 'SecurityError', 'Invalid security origin', 'denied', 'denied'],
  ['Chromium', 'shutting down', 'InvalidStateError', 'Failed due to shutdown', 'granted', 'failed'],
  ['Chromium', 'switched off', 'NotSupportedError', 'Not supported', 'granted', 'failed'],
  ['Firefox', 'Block pressed', 'NotAllowedError', FIREFOX_REFUSES, 'denied', 'denied'],
  ['Firefox', 'question closed', 'NotAllowedError', FIREFOX_REFUSES, 'prompt', 'dismissed'],
  ['Firefox, old', 'Block pressed', 'NotAllowedError', FIREFOX_REFUSES, 'unknown', 'denied'],
  [
    'Firefox on macOS',
    'off in Privacy',
    'NotAllowedError',
    FIREFOX_REFUSES,
    'granted',
    'blockedBySystem',
  ],
  [
    'Firefox',
    'no camera',
    'NotFoundError',
    'The object can not be found here.',
    'prompt',
    'missing',
  ],
  [
    'Firefox',
    'no fit',
    'OverconstrainedError',
    'Constraints could be not satisfied.',
    'granted',
    'missing',
  ],
  [
    'Firefox on Windows',
    'Teams has it',
    'NotReadableError',
    'Failed to allocate videosource',
    'granted',
    'busy',
  ],
  [
    'Firefox on Windows',
    'exclusive mode',
    'NotReadableError',
    'Failed to allocate audiosource',
    'granted',
    'busy',
  ],
  [
    'Firefox on Linux',
    'camera busy',
    'AbortError',
    'Starting videoinput failed',
    'granted',
    'busy',
  ],
  [
    'Firefox on Linux',
    'PulseAudio is gone',
    'AbortError',
    'Starting audioinput failed',
    'granted',
    'busy',
  ],
  ['Firefox', 'insecure frame', 'SecurityError', 'The operation is insecure.', 'unknown', 'denied'],
  ['Firefox', 'no devices at all', 'TypeError', 'mediaDevices is undefined', 'unknown', 'failed'],
  ['Safari', "Don't Allow pressed", 'NotAllowedError', SAFARI_REFUSES, 'denied', 'denied'],
  ['Safari', 'no this time', 'NotAllowedError', SAFARI_REFUSES, 'prompt', 'denied'],
  [
    'Safari on macOS',
    'off in Privacy',
    'NotAllowedError',
    SAFARI_REFUSES,
    'granted',
    'blockedBySystem',
  ],
  [
    'Safari',
    'no camera',
    'NotFoundError',
    'The object can not be found here.',
    'prompt',
    'missing',
  ],
  ['Safari', 'no fit', 'OverconstrainedError', 'Invalid constraint', 'granted', 'missing'],
  [
    'Safari',
    'a call came in',
    'NotReadableError',
    'The I/O read operation failed.',
    'granted',
    'busy',
  ],
  ['Safari', 'capture failed', 'AbortError', 'The operation was aborted.', 'granted', 'busy'],
];

it.each(CASES)(
  'DV1: %s, %s: %s “%s” (%s) is %s',
  (_where, _what, name, text, permission, problem) => {
    expect(mediaProblemOf(browserError(name, text), permission)).toBe(problem);
  },
);

it('DV1: what is not even an error is read as far as it goes', () => {
  expect(mediaProblemOf('oops', 'granted')).toBe('failed');
  expect(mediaProblemOf(null, 'granted')).toBe('failed');
  expect(mediaProblemOf({ name: 'OverconstrainedError' }, 'granted')).toBe('missing');
});
