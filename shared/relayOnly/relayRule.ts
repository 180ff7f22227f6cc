import * as v from 'valibot';

/** What a person wants of their address in calls with strangers. */
export const ADDRESS_PRIVACY = ['whenPossible', 'always', 'never'] as const;
export const AddressPrivacyField = v.picklist(ADDRESS_PRIVACY);
export type AddressPrivacy = v.InferOutput<typeof AddressPrivacyField>;

interface Circumstances {
  /** The organizer wants no call of this event to show an address. */
  readonly eventDemands: boolean;
  /** The server hands out at least one TURN server. */
  readonly relayConfigured: boolean;
}

/** `notPossible`: somebody insists on a relay and there is none, so these two do not meet. */
type RelayDecision = 'relayed' | 'direct' | 'notPossible';

/**
 * Whether the call of two goes through a relay only, so that neither learns the other's address.
 * Both are treated alike: one side's relay alone would hide one of the two.
 */
export function relayRule(
  one: AddressPrivacy,
  other: AddressPrivacy,
  { eventDemands, relayConfigured }: Circumstances,
): RelayDecision {
  const wishes = [one, other];
  const insists = eventDemands || wishes.includes('always');
  if (!relayConfigured) return insists ? 'notPossible' : 'direct';
  const bothAgreed = wishes.every((wish) => wish === 'never');
  return insists || !bothAgreed ? 'relayed' : 'direct';
}
