import { addressPlace } from '../../extension/components/organizer/addressPlace.ts';
import type { EventDraft } from '../../extension/components/organizer/eventDraft.ts';

/**
 * The address that an *urlTaken* answer is about: the answer's sentence names the key. The longest
 * key wins, because one key may be the beginning of another.
 */
export function takenAddress(draft: EventDraft, message: string): number | undefined {
  const named = draft.addresses.flatMap((address) => {
    const place = addressPlace(address);
    const isNamed = place.ok && message.includes(place.value.key);
    return isNamed ? [{ id: address.id, length: place.value.key.length }] : [];
  });
  return named.sort((one, other) => other.length - one.length)[0]?.id;
}
