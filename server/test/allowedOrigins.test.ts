import { describe, expect, it } from 'vitest';
import { EXTENSION_ID } from '../../shared/extensionIdentity.ts';
import { readConfig } from '../config.ts';
import { AllowedOrigins } from '../runtime/allowedOrigins.ts';

function originsFor(environment: Record<string, string>): AllowedOrigins {
  const config = readConfig(environment);
  if (!config.ok) throw new Error(config.error.join('\n'));
  return new AllowedOrigins(config.value);
}

const CHROMIUM_ID = 'abcdefghijklmnopabcdefghijklmnop';
const FIREFOX_ID = '01234567-89ab-cdef-0123-456789abcdef';

describe('who may talk to the server', () => {
  const everything = originsFor({
    FOYER_PUBLIC_URL: 'https://foyer.example/',
    FOYER_EXTENSION_IDS: `${CHROMIUM_ID}, ${FIREFOX_ID}`,
    FOYER_ORIGINS: 'https://talks.example:8443',
  });

  it.each([
    'https://foyer.example',
    'https://talks.example:8443',
    `chrome-extension://${EXTENSION_ID}`,
    `chrome-extension://${CHROMIUM_ID}`,
    `moz-extension://${FIREFOX_ID}`,
  ])('LS16: %s may, on whatever host the request came in', (origin) => {
    expect(everything.allows(origin, 'anything.example')).toBe(true);
    expect(everything.isNamed(origin)).toBe(true);
  });

  it.each([
    'http://foyer.example',
    'https://foyer.example.evil.example',
    'https://foyer.example:8443',
    'https://talks.example',
    `chrome-extension://${CHROMIUM_ID.toUpperCase()}`,
    `moz-extension://${CHROMIUM_ID}`,
    'null',
    '',
  ])('LS16: %j may not', (origin) => {
    expect(everything.allows(origin, 'foyer.example')).toBe(false);
  });

  it('LS16: with a public address another host name is not the server’s own, but this machine is', () => {
    expect(everything.allows('https://rebound.example', 'rebound.example')).toBe(false);
    for (const host of ['localhost:8787', '127.0.0.1:8787', '[::1]:8787'])
      expect(everything.allows(`http://${host}`, host)).toBe(true);
    expect(everything.allows('http://127.0.0.1.evil.example', '127.0.0.1.evil.example')).toBe(
      false,
    );
  });

  it('LS16: without one a page of the very host that was asked may', () => {
    const origins = originsFor({});
    expect(origins.allows('http://box.local:8787', 'box.local:8787')).toBe(true);
    expect(origins.allows('https://box.local:8787', 'box.local:8787')).toBe(true);
    expect(origins.allows('http://other.local:8787', 'box.local:8787')).toBe(false);
    expect(origins.allows('http://box.local:8787', undefined)).toBe(false);
  });

  it.each(['x', 'ABCDEFGHIJKLMNOPABCDEFGHIJKLMNOP', 'https://a.example', `${CHROMIUM_ID};b`])(
    'OP6: FOYER_EXTENSION_IDS cannot be %j',
    (FOYER_EXTENSION_IDS) => {
      const config = readConfig({ FOYER_EXTENSION_IDS });
      expect(config).toMatchObject({
        ok: false,
        error: [expect.stringMatching(/^FOYER_EXTENSION_IDS must be .*\.$/)],
      });
    },
  );

  it.each(['db.example/foyer', 'mysql://db.example/foyer', 'postgres://', 'postgres:///foyer'])(
    'OP6: DATABASE_URL cannot be %j',
    (DATABASE_URL) => {
      expect(readConfig({ DATABASE_URL })).toMatchObject({
        ok: false,
        error: [expect.stringMatching(/^DATABASE_URL must be .*\.$/)],
      });
    },
  );
});
