import * as v from 'valibot';
import { CapabilitiesSchema } from '../codecs/capabilities.ts';

/** Whether partners may learn one's network address: only relays hide it. */
export const AddressPrivacyField = v.picklist(['whenPossible', 'always', 'never']);
export type AddressPrivacy = v.InferOutput<typeof AddressPrivacyField>;

/** What somebody who is ready brings into a match. */
export const WishesSchema = v.strictObject({
  capabilities: CapabilitiesSchema,
  addressPrivacy: AddressPrivacyField,
});
export type Wishes = v.InferOutput<typeof WishesSchema>;
