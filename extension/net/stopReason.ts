import { CLOSE } from '../../shared/protocol/closeCodes.ts';
import type { ApiFailure } from '../../shared/protocol/apiClient.ts';
import type { StopReason, TryFailure } from '../call/ports.ts';

/** What a close code that ends the visit means to the person. */
export function stopReasonOfClose(code: number): StopReason {
  switch (code) {
    case CLOSE.lobbyClosed:
      return 'lobbyClosed';
    case CLOSE.replaced:
      return 'openElsewhere';
    case CLOSE.versionUnsupported:
      return 'outdated';
    case CLOSE.flooding:
      return 'tooMany';
    case CLOSE.left:
      return 'left';
    default:
      return 'refused';
  }
}

/** Why joining is over; null where another try may help. */
export function stopReasonOfJoin({ reason }: ApiFailure): StopReason | null {
  switch (reason) {
    case 'closed':
    case 'notFound':
      return 'lobbyClosed';
    case 'notOpenYet':
      return 'notOpenYet';
    case 'unauthorized':
    case 'originRefused':
    case 'badRequest':
      return 'refused';
    case 'notFoyer':
      return 'outdated';
    default:
      return null;
  }
}

/** What a try met after which another one may help. */
export function tryFailureOf({ reason }: ApiFailure): TryFailure {
  return reason === 'tooMany' ? 'tooMany' : 'noServer';
}
