import * as v from 'valibot';
import { decodeJson } from '../../shared/protocol/decode.ts';
import { hideAll, hideCredentials } from './hideSecret.ts';
import { optionalVariable, variable } from './variable.ts';

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

const listed = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
);

/** In the order in which they are asked where the operator names none. */
export const RELAY_SERVICES = ['cloudflare', 'metered', 'coturn', 'static'] as const;
const ORDER_MESSAGE = `TURN_ORDER must name each of these at most once, separated by commas: ${RELAY_SERVICES.join(', ')}.`;
const OrderField = v.pipe(
  listed,
  v.check((names) => names.length > 0 && new Set(names).size === names.length, ORDER_MESSAGE),
  v.array(v.picklist(RELAY_SERVICES, ORDER_MESSAGE)),
);

const COTURN_URLS_MESSAGE =
  'TURN_COTURN_URLS must be addresses separated by commas, one of them a turn: or turns: address, such as turn:turn.example:3478?transport=udp,turns:turn.example:5349.';
const CoturnUrlsField = v.pipe(
  listed,
  v.check((urls) => urls.every((url) => /^(stun|turn)s?:[^/]/.test(url)), COTURN_URLS_MESSAGE),
  v.check((urls) => urls.some((url) => url.startsWith('turn')), COTURN_URLS_MESSAGE),
);

const secretOf = (name: string) =>
  v.pipe(
    v.string(),
    v.minLength(8, `${name} is too short to be right: it has 8 characters or more.`),
  );

const addressOf = (message: string) =>
  v.pipe(
    v.string(),
    v.check((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), message),
  );

/** How two browsers reach each other. */
export const RELAYS = {
  iceServers: variable('FOYER_ICE_SERVERS', {
    fallback: '[]',
    field: IceServersField,
    meaning: 'JSON list of STUN and TURN servers for everybody',
    mask: hideCredentials,
  }),
  turnOrder: optionalVariable('TURN_ORDER', {
    field: OrderField,
    meaning: 'which relay service is asked first, and which stands in for it',
  }),
  cloudflareKeyId: optionalVariable('TURN_CLOUDFLARE_KEY_ID', {
    field: v.string(),
    meaning: 'the id of a TURN key of Cloudflare',
  }),
  cloudflareApiToken: optionalVariable('TURN_CLOUDFLARE_API_TOKEN', {
    field: secretOf('TURN_CLOUDFLARE_API_TOKEN'),
    meaning: 'the API token of that key',
    mask: hideAll,
  }),
  cloudflareApi: variable('TURN_CLOUDFLARE_API', {
    fallback: 'https://rtc.live.cloudflare.com',
    field: addressOf(
      'TURN_CLOUDFLARE_API must be the address of the API, such as https://rtc.live.cloudflare.com.',
    ),
    meaning: 'the address of Cloudflare’s API, where a proxy stands in front',
  }),
  meteredUrl: optionalVariable('TURN_METERED_URL', {
    field: addressOf(
      'TURN_METERED_URL must be the address of your application, such as https://example.metered.live.',
    ),
    meaning: 'the address of an application at Metered',
  }),
  meteredSecretKey: optionalVariable('TURN_METERED_SECRET_KEY', {
    field: secretOf('TURN_METERED_SECRET_KEY'),
    meaning: 'the secret key of that application',
    mask: hideAll,
  }),
  coturnUrls: optionalVariable('TURN_COTURN_URLS', {
    field: CoturnUrlsField,
    meaning: 'addresses of a coturn, separated by commas',
  }),
  coturnSecret: optionalVariable('TURN_COTURN_SECRET', {
    field: secretOf('TURN_COTURN_SECRET'),
    meaning: 'its static-auth-secret',
    mask: hideAll,
  }),
};
