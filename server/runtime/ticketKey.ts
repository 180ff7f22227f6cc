import * as v from 'valibot';

/** What all nodes sign tickets with, as it is kept in the settings. */
export const TicketKeySchema = v.object({
  /** 16 hexadecimal digits; stands in every ticket. */
  id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  secret: v.pipe(v.string(), v.minLength(32)),
  /** On the calendar, in ms since 1970. A key is known to all nodes before it signs anything. */
  signsFrom: v.number(),
});
export type TicketKey = v.InferOutput<typeof TicketKeySchema>;
