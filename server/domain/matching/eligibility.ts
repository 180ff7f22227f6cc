import type { MemberId } from '../../../shared/ids.ts';
import type { WhoMeets } from '../../../shared/protocol/whoMeets.ts';
import type { Traits } from '../../../shared/protocol/wishes.ts';
import type { MetPairs } from './metPairs.ts';
import type { PairSet } from './pairSet.ts';

/** Somebody who looks for a partner. */
export interface Seeker {
  readonly id: MemberId;
  /** As far as they told. */
  readonly wishes: { readonly traits?: Traits | undefined } | null;
}

const UNTOLD: Traits = { group: null, languages: [], interests: [] };

function traitsOf({ wishes }: Seeker): Traits {
  return wishes?.traits ?? UNTOLD;
}

/** Who may meet whom at this moment. */
export class Eligibility {
  readonly #met: MetPairs;
  readonly #blocked: PairSet;
  rules: WhoMeets;

  constructor(met: MetPairs, blocked: PairSet, rules: WhoMeets) {
    this.#met = met;
    this.#blocked = blocked;
    this.rules = rules;
  }

  readonly mayMeet = (one: Seeker, other: Seeker): boolean =>
    one.id !== other.id &&
    !this.#met.has(one.id, other.id) &&
    !this.#blocked.has(one.id, other.id) &&
    traitsAllow(traitsOf(one), traitsOf(other), this.rules);
}

function traitsAllow(one: Traits, other: Traits, { groups, languages }: WhoMeets): boolean {
  if (groups !== 'anybody' && one.group !== null && other.group !== null) {
    if ((one.group === other.group) !== (groups === 'onlyWithin')) return false;
  }
  if (languages === 'any' || one.languages.length === 0 || other.languages.length === 0)
    return true;
  return one.languages.some((language) => other.languages.includes(language));
}

export function hasInterests(seeker: Seeker): boolean {
  return traitsOf(seeker).interests.length > 0;
}

/** How much two have to talk about; breaks ties, and never decides whether they meet. */
export function sharedInterests(one: Seeker, other: Seeker): number {
  return interestsInCommon(one, other).length;
}

export function interestsInCommon(one: Seeker, other: Seeker): readonly string[] {
  const { interests } = traitsOf(other);
  return traitsOf(one).interests.filter((interest) => interests.includes(interest));
}
