import * as v from 'valibot';

/** RTCIceServer, narrowed. */
export const IceServerSchema = v.object({
  urls: v.array(v.string()),
  username: v.optional(v.string()),
  credential: v.optional(v.string()),
});
export type IceServer = v.InferOutput<typeof IceServerSchema>;

/** Relays are named by `turn:` and `turns:` (RFC 7065); the rest only says what one's address is. */
export function hasRelay(servers: readonly IceServer[]): boolean {
  return servers.some(({ urls }) => urls.some((url) => /^turns?:/i.test(url)));
}
