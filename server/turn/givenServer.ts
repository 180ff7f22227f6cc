import * as v from 'valibot';
import type { IceServer } from '../ports/iceServerSource.ts';

const UrlField = v.pipe(v.string(), v.maxLength(512), v.regex(/^(stun|turn)s?:/i));

/** A server as relay services write it: one address or several. */
export const GivenServerSchema = v.object({
  urls: v.union([UrlField, v.pipe(v.array(UrlField), v.minLength(1))]),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});

export function iceServerOf({ urls, ...rest }: v.InferOutput<typeof GivenServerSchema>): IceServer {
  return { urls: [urls].flat(), ...rest };
}
