import { expect, it } from 'vitest';
import { mediaProblemOf } from './mediaProblemOf.ts';

const named = (name: string, message = '') => Object.assign(new Error(message), { name });

it.each([
  [named('NotAllowedError', 'Permission denied'), 'denied'],
  [named('NotAllowedError', 'Permission dismissed'), 'dismissed'],
  [named('NotAllowedError', 'Permission denied by system'), 'blockedBySystem'],
  [named('SecurityError'), 'denied'],
  [named('NotFoundError', 'Requested device not found'), 'missing'],
  [named('OverconstrainedError'), 'missing'],
  [named('NotReadableError', 'Could not start video source'), 'busy'],
  [named('AbortError', 'Starting videoinput failed'), 'busy'],
  [named('TypeError', 'mediaDevices is undefined'), 'failed'],
  ['not even an error', 'failed'],
] as const)('MD1: %s is %s', (error, problem) => {
  expect(mediaProblemOf(error)).toBe(problem);
});
