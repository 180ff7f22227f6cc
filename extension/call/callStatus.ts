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
  | 'partnerWeak'
  | 'ownWeak'
  | 'longDelay';

export interface CallSigns {
  readonly verdict: Verdict;
  readonly quality: ConnectionQuality;
  /** This machine's own link to the lobby. */
  readonly linkUp: boolean;
  readonly partnerLinkUp: boolean;
}

export function callStatus({ verdict, quality, linkUp, partnerLinkUp }: CallSigns): CallStatus {
  switch (verdict.kind) {
    case 'networkStall':
      if (!linkUp) return 'ownConnectionLost';
      return partnerLinkUp ? 'reconnecting' : 'partnerConnectionLost';
    case 'deafPartner':
      return 'partnerHearsNothing';
    case 'decoderStall':
      return 'pictureReturning';
    case 'senderStopped':
      return 'pictureStopped';
    case 'cameraOff':
    case 'flowing':
      return qualityStatus(quality) ?? (verdict.kind === 'cameraOff' ? 'cameraOff' : 'well');
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
