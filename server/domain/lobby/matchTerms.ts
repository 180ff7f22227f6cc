import { agreeOnCodecs } from '../../../shared/codecs/agreeOnCodecs.ts';
import { BASIC_CAPABILITIES, type CodecPlan } from '../../../shared/codecs/capabilities.ts';
import type { OfferAhead } from '../../../shared/protocol/signal.ts';
import type { Wishes } from '../../../shared/protocol/wishes.ts';
import { relayRule, type RelayPolicy } from '../../../shared/relayRule.ts';
import { interestsInCommon } from '../matching/eligibility.ts';
import type { Member } from './member.ts';

/** What the two of a match do alike. */
export interface MatchTerms {
  readonly codecs: CodecPlan;
  readonly relayOnly: boolean;
  /** Something to begin with. */
  readonly topics: readonly string[];
  /** The caller's offer, made while they waited; null when there is none that fits these terms. */
  readonly offer: OfferAhead | null;
}

const NO_WISHES: Wishes = { capabilities: BASIC_CAPABILITIES, addressPrivacy: 'whenPossible' };

export function agreeOnTerms(caller: Member, callee: Member, policy: RelayPolicy): MatchTerms {
  const [one, other] = [caller.wishes ?? NO_WISHES, callee.wishes ?? NO_WISHES];
  const relayOnly = relayRule(one.addressPrivacy, other.addressPrivacy, policy) !== 'direct';
  return {
    codecs: agreeOnCodecs(one.capabilities, other.capabilities),
    relayOnly,
    topics: interestsInCommon(caller, callee),
    offer: fittingOffer(caller, relayOnly),
  };
}

/** Whether there can be a match at all; who insists on a relay meets nobody where there is none. */
export function mayMeet({ wishes }: Member, policy: RelayPolicy): boolean {
  const { addressPrivacy } = wishes ?? NO_WISHES;
  return relayRule(addressPrivacy, addressPrivacy, policy) !== 'notPossible';
}

/** An offer made with its maker's addresses must not reach somebody who is to learn none. */
function fittingOffer({ seat }: Member, relayOnly: boolean): OfferAhead | null {
  const offer = seat.phase === 'waiting' ? seat.offer : null;
  return offer !== null && offer.relayOnly === relayOnly ? offer : null;
}
