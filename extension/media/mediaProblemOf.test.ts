import { expect, it } from 'vitest';
import { mediaProblemOf } from './mediaProblemOf.ts';

const named = (name: string, message = '') => Object.assign(new Error(message), { name });

it.each([
  [named('NotAllowedError', 'Permission denied'), true, 'denied'],
  [named('NotAllowedError', 'Permission dismissed'), true, 'dismissed'],
  [named('NotAllowedError', 'Permission denied by system'), true, 'blockedBySystem'],
  [named('NotAllowedError', 'Permission denied'), false, 'blockedByPage'],
  [named('SecurityError'), true, 'denied'],
  [named('NotFoundError', 'Requested device not found'), true, 'missing'],
  [named('OverconstrainedError'), true, 'missing'],
  [named('NotReadableError', 'Could not start video source'), true, 'busy'],
  [named('AbortError', 'Starting videoinput failed'), true, 'busy'],
  [named('TypeError', 'mediaDevices is undefined'), true, 'failed'],
  ['not even an error', true, 'failed'],
] as const)('MD1: %s (page allows: %s) is %s', (error, allowedByPage, problem) => {
  expect(mediaProblemOf(error, allowedByPage)).toBe(problem);
});
