import type { JoinAnswer } from '../../../shared/protocol/http.ts';
import type { AddressPrivacy } from '../../../shared/protocol/wishes.ts';
import { relayRule } from '../../../shared/relayRule.ts';

/** What is decided with somebody of one's own mind: all that is known before there is a partner. */
export function ownRelayRule(
  own: AddressPrivacy,
  relayAvailable: boolean,
  { relayOnly }: Pick<JoinAnswer, 'relayOnly'>,
): ReturnType<typeof relayRule> {
  return relayRule(own, own, { available: relayAvailable, required: relayOnly });
}
