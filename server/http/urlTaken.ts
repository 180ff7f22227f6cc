import type { KeyTaken } from '../ports/eventRepository.ts';
import type { Refusal } from './httpError.ts';

export function urlTaken({ taken }: KeyTaken): Refusal {
  return {
    reason: 'urlTaken',
    message: `Another event has registered ${taken} already. Remove this address, or ask its organizer to close that event.`,
  };
}
