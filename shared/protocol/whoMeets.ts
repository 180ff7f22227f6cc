import * as v from 'valibot';

/** What an event demands of every pair; who did not say their group or language is free of it. */
export const WhoMeetsField = v.strictObject({
  /** `notWithin`: people of one company meet only others; `onlyWithin`: only each other. */
  groups: v.picklist(['anybody', 'notWithin', 'onlyWithin']),
  languages: v.picklist(['any', 'shared']),
});
export type WhoMeets = v.InferOutput<typeof WhoMeetsField>;

export const ANYBODY: WhoMeets = { groups: 'anybody', languages: 'any' };
