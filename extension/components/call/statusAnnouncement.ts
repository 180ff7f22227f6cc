import type { CallStatus } from '../../call/callStatus.ts';

/** What a screen reader says about a call; `silence` takes the last sentence back. */
export interface StatusAnnouncement {
  readonly say: Exclude<CallStatus, 'well' | 'pictureReturning'> | 'back' | 'silence';
  readonly wasCutOff: boolean;
}

/** After these, hearing that it is over matters. */
const CUT_OFF: ReadonlySet<CallStatus> = new Set([
  'reconnecting',
  'ownConnectionLost',
  'partnerConnectionLost',
  'partnerHearsNothing',
]);

export const SILENCE: StatusAnnouncement = { say: 'silence', wasCutOff: false };

/**
 * Each state is said once, when it begins, and so is the end of an interruption. That a picture is
 * coming back is on its way to that end, and not said.
 */
export function statusAnnouncement(
  before: StatusAnnouncement,
  status: CallStatus,
): StatusAnnouncement {
  if (status === 'pictureReturning') return before;
  const wasCutOff = CUT_OFF.has(status);
  if (status !== 'well') return { say: status, wasCutOff };
  return { say: before.wasCutOff ? 'back' : 'silence', wasCutOff };
}
