import * as v from 'valibot';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { hideCredentials } from './hideSecret.ts';
import { variable } from './variable.ts';

const ICE_MESSAGE =
  'FOYER_ICE_SERVERS must be JSON such as [{"urls":["turn:turn.example:3478"],"username":"…","credential":"…"}].';
const IceServersSchema = v.array(
  v.strictObject({
    urls: v.pipe(v.array(v.pipe(v.string(), v.regex(/^(stun|turn)s?:/))), v.minLength(1)),
    username: v.optional(v.string()),
    credential: v.optional(v.string()),
  }),
);
const IceServersField = v.pipe(
  v.string(),
  v.transform((text) => decodeJson(IceServersSchema, text)),
  v.check((decoded) => decoded.ok, ICE_MESSAGE),
  v.transform((decoded) => (decoded.ok ? decoded.value : [])),
);

/** How two browsers reach each other. */
export const RELAYS = {
  iceServers: variable('FOYER_ICE_SERVERS', {
    fallback: '[]',
    field: IceServersField,
    meaning: 'JSON list of STUN and TURN servers for everybody',
    mask: hideCredentials,
  }),
};
