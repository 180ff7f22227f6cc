import * as v from 'valibot';
import { CapabilitiesSchema } from '../codecs/capabilities.ts';
import { TraitField } from './fields.ts';
import { LIMITS } from './limits.ts';

/** Whether partners may learn one's network address: only relays hide it. */
export const AddressPrivacyField = v.picklist(['whenPossible', 'always', 'never']);
export type AddressPrivacy = v.InferOutput<typeof AddressPrivacyField>;

/** What somebody tells of themselves to meet the right people. All of it may be left out. */
const TraitsSchema = v.strictObject({
  /** A company, a team: an event may want people to meet others than their own. */
  group: v.nullable(TraitField),
  /** Primary subtags of BCP 47: `en`, `de`. */
  languages: v.pipe(
    v.array(v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/, 'a language'))),
    v.maxLength(LIMITS.traitsOfAKind),
  ),
  interests: v.pipe(v.array(TraitField), v.maxLength(LIMITS.traitsOfAKind)),
});
export type Traits = v.InferOutput<typeof TraitsSchema>;

/** What somebody who is ready brings into a match. */
export const WishesSchema = v.strictObject({
  capabilities: CapabilitiesSchema,
  addressPrivacy: AddressPrivacyField,
  traits: v.optional(TraitsSchema),
});
export type Wishes = v.InferOutput<typeof WishesSchema>;
