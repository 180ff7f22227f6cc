import type { AddressPrivacy } from './protocol/wishes.ts';

export interface RelayPolicy {
  /** The server has a relay to offer. */
  readonly available: boolean;
  /** The organizer hides everybody's address from everybody. */
  readonly required: boolean;
}

/**
 * How two people's media travels. Strangers learn each other's address only when both have allowed
 * it, or when the server has no relay and neither insists on one.
 */
export function relayRule(
  one: AddressPrivacy,
  other: AddressPrivacy,
  { available, required }: RelayPolicy,
): 'relay' | 'direct' | 'notPossible' {
  const insisted = required || one === 'always' || other === 'always';
  if (!available) return insisted ? 'notPossible' : 'direct';
  return !insisted && one === 'never' && other === 'never' ? 'direct' : 'relay';
}
