import { decode } from '../../../shared/protocol/decode.ts';
import { TraitField } from '../../../shared/protocol/fields.ts';
import { LIMITS } from '../../../shared/protocol/limits.ts';
import type { Traits } from '../../../shared/protocol/wishes.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** What somebody tells of themselves, as it stands in the fields. */
export interface AboutDraft {
  readonly group: string;
  /** Primary subtags of BCP 47. */
  readonly languages: readonly string[];
  /** Separated by commas. */
  readonly interests: string;
}

/** What is wrong, by field; an absent entry is all right. */
export interface AboutProblems {
  readonly group?: 'unreadable';
  readonly interests?: 'unreadable' | 'tooMany';
}

export function aboutDraftOf({ group, languages, interests }: Traits): AboutDraft {
  return { group: group ?? '', languages, interests: interests.join(', ') };
}

export function checkAbout(draft: AboutDraft): Result<Traits, AboutProblems> {
  const group = draft.group.trim() === '' ? ok(null) : decode(TraitField, draft.group);
  const interests = checkInterests(draft.interests);
  if (group.ok && interests.ok) {
    const languages = draft.languages.slice(0, LIMITS.traitsOfAKind);
    return ok({ group: group.value, languages, interests: interests.value });
  }
  return fail({
    ...(group.ok ? {} : { group: 'unreadable' }),
    ...(interests.ok ? {} : { interests: interests.error }),
  });
}

function checkInterests(text: string): Result<string[], 'unreadable' | 'tooMany'> {
  const named = text.split(',').filter((one) => one.trim() !== '');
  const interests = new Set<string>();
  for (const one of named) {
    const interest = decode(TraitField, one);
    if (!interest.ok) return fail('unreadable');
    interests.add(interest.value);
  }
  return interests.size > LIMITS.traitsOfAKind ? fail('tooMany') : ok([...interests]);
}
