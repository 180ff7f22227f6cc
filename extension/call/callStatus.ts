import { assertNever } from '../../shared/assertNever.ts';
import type { ConnectionQuality } from './connectionQuality.ts';
import type { Verdict } from './verdict.ts';

/**
 * The one thing to say about a call at this moment, worst first. Each is a text of the call
 * (`call.status.…`), said with the partner's name.
 */
export type CallStatus =
  | 'well'
  | 'cameraOff'
  /** Neither side's lobby link is known to be gone: the path between the two is. */
  | 'reconnecting'
  | 'ownConnectionLost'
  | 'partnerConnectionLost'
  | 'partnerHearsNothing'
  | 'pictureReturning'
  | 'pictureStopped'
  | 'soundAlone'
  | 'partnerWeak'
  | 'ownWeak'
  | 'longDelay';

export interface CallSigns {
  readonly verdict: Verdict;
  /** What the partner said last: known before the next sample is judged by it. */
  readonly cameraOff: boolean;
  readonly quality: ConnectionQuality;
  /** This machine's own link to the lobby. */
  readonly linkUp: boolean;
  readonly partnerLinkUp: boolean;
  /** The partner said that the way from there carries sound alone. */
  readonly pictureHeld: boolean;
}

export function callStatus(signs: CallSigns): CallStatus {
  const { verdict, quality, cameraOff } = signs;
  switch (verdict.kind) {
    case 'networkStall':
      if (!signs.linkUp) return 'ownConnectionLost';
      return signs.partnerLinkUp ? 'reconnecting' : 'partnerConnectionLost';
    case 'deafPartner':
      return 'partnerHearsNothing';
    case 'decoderStall':
      return cameraOff ? 'cameraOff' : 'pictureReturning';
    case 'senderStopped':
      if (cameraOff) return 'cameraOff';
      return signs.pictureHeld ? 'soundAlone' : 'pictureStopped';
    case 'cameraOff':
    case 'flowing':
      return qualityStatus(quality) ?? (cameraOff ? 'cameraOff' : 'well');
    default:
      return assertNever(verdict);
  }
}

/** What is only fair is shown by a sign, not said in words. */
function qualityStatus({ level, trouble }: ConnectionQuality): CallStatus | null {
  if (level !== 'poor') return null;
  switch (trouble) {
    case 'incoming':
      return 'partnerWeak';
    case 'outgoing':
      return 'ownWeak';
    case 'delay':
      return 'longDelay';
    case 'none':
      return null;
    default:
      return assertNever(trouble);
  }
}
