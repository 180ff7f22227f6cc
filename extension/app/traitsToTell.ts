import type { WhoMeets } from '../../shared/protocol/whoMeets.ts';
import type { Traits } from '../../shared/protocol/wishes.ts';

/** Of what somebody told, only what this event makes use of; null where that is nothing. */
export function traitsToTell(told: Traits, { groups, languages }: WhoMeets): Traits | null {
  const traits: Traits = {
    group: groups === 'anybody' ? null : told.group,
    languages: languages === 'any' ? [] : told.languages,
    interests: told.interests,
  };
  const { group, languages: spoken, interests } = traits;
  return group === null && spoken.length + interests.length === 0 ? null : traits;
}
