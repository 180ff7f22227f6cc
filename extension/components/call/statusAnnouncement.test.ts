import { expect, it } from 'vitest';
import type { CallStatus } from '../../call/callStatus.ts';
import { SILENCE, statusAnnouncement } from './statusAnnouncement.ts';

/** What is said while a call goes through these states. */
function heard(...statuses: CallStatus[]): string[] {
  const said: string[] = [];
  let announcement = SILENCE;
  for (const status of statuses) {
    const next = statusAnnouncement(announcement, status);
    if (next.say !== announcement.say) said.push(next.say);
    announcement = next;
  }
  return said;
}

it('SM32: a state is said once, however long it lasts', () => {
  expect(heard('well', 'reconnecting', 'reconnecting', 'reconnecting')).toEqual(['reconnecting']);
});

it('SM32: the end of an interruption is said, the picture’s way back is not', () => {
  expect(heard('reconnecting', 'pictureReturning', 'well')).toEqual(['reconnecting', 'back']);
  expect(heard('pictureReturning', 'well')).toEqual([]);
});

it('SM32: the end of lesser trouble is silence', () => {
  expect(heard('partnerWeak', 'well')).toEqual(['partnerWeak', 'silence']);
  expect(heard('cameraOff', 'well', 'cameraOff')).toEqual(['cameraOff', 'silence', 'cameraOff']);
});
