import * as v from 'valibot';
import { TrustedProxies } from '../runtime/trustedProxies.ts';
import { optionalVariable, variable } from './variable.ts';
import { wholeNumber } from './wholeNumber.ts';

/** An origin as browsers write it: scheme and host, nothing after. */
const originOf = (text: string): string | null => {
  if (!URL.canParse(text)) return null;
  const { protocol, host, origin } = new URL(text);
  return origin === 'null' ? `${protocol}//${host}` : origin;
};

const PublicUrlField = v.pipe(
  v.string(),
  v.check(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'FOYER_PUBLIC_URL must be the address people open, such as https://foyer.example.',
  ),
  v.transform((text) => text.replace(/\/+$/, '')),
);

const OriginsField = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
  v.check(
    (parts) => parts.every((part) => originOf(part) !== null),
    'FOYER_ORIGINS must be addresses separated by commas, such as https://a.example,https://b.example.',
  ),
  v.transform((parts) => parts.map((part) => originOf(part) ?? part)),
);

/** Chromium's ids are 32 letters from a to p; Firefox gives each installation a random one. */
const EXTENSION_ID = /^(?:[a-p]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const ExtensionIdsField = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  ),
  v.check(
    (ids) => ids.every((id) => EXTENSION_ID.test(id)),
    'FOYER_EXTENSION_IDS must be extension ids separated by commas, such as dmigcbmpnakmlplckcbipcmgpfmbmmbd.',
  ),
);

const TrustProxyField = v.pipe(
  v.string(),
  v.transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '' && part !== 'none'),
  ),
  v.check(
    (places) => places.every(TrustedProxies.isPlace),
    'FOYER_TRUST_PROXY must be addresses or networks separated by commas, such as loopback,10.0.0.0/8, or none.',
  ),
);

/** Where the server is reached, and by whom. */
export const LISTENING = {
  port: variable('PORT', {
    fallback: '8787',
    field: wholeNumber(0, 65_535, 'PORT must be a number from 0 to 65535.'),
    meaning: 'the port it listens on; 0 chooses a free one',
  }),
  host: variable('HOST', {
    fallback: '127.0.0.1',
    field: v.string(),
    meaning: 'the address it listens on; 0.0.0.0 opens it to the network',
  }),
  /** Without a slash at the end; null: every request's own host. */
  publicUrl: optionalVariable('FOYER_PUBLIC_URL', {
    field: PublicUrlField,
    meaning: 'the address people open, where a proxy stands in front',
  }),
  origins: variable('FOYER_ORIGINS', {
    fallback: '',
    field: OriginsField,
    meaning: 'further pages that may connect, separated by commas',
  }),
  extensionIds: variable('FOYER_EXTENSION_IDS', {
    fallback: '',
    field: ExtensionIdsField,
    meaning: 'further builds of the extension that may connect, separated by commas',
  }),
  trustProxy: variable('FOYER_TRUST_PROXY', {
    fallback: 'loopback',
    field: TrustProxyField,
    meaning: 'the proxies whose word on who asks is believed: addresses, networks, or none',
  }),
  ratePerMinute: variable('FOYER_RATE_PER_MINUTE', {
    fallback: '600',
    field: wholeNumber(1, 1_000_000, 'FOYER_RATE_PER_MINUTE must be a whole number from 1.'),
    meaning: 'joins or registrations a minute from one network address',
  }),
};
