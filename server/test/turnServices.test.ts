import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemberId } from '../../shared/ids.ts';
import type { RelayFailure } from '../ports/iceServerSource.ts';
import { cloudflare } from '../turn/cloudflare.ts';
import { coturn } from '../turn/coturn.ts';
import { metered } from '../turn/metered.ts';
import type { FetchedService } from '../turn/relayService.ts';
import { cloudflareAnswer, startRelayVendor, type RelayVendor } from './relayVendor.ts';

const NEVER = new AbortController().signal;
const TIMES = { validMs: 600_000, timeoutMs: 2_000 };

let vendor: RelayVendor;
beforeEach(async () => (vendor = await startRelayVendor(() => cloudflareAnswer())));
afterEach(() => vendor.close());

const atCloudflare = (times = TIMES) =>
  cloudflare({ keyId: 'key', apiToken: 'api-token', api: vendor.url }, times);
const atMetered = (times = TIMES) => metered({ url: vendor.url, secretKey: 'secret-key' }, times);

describe('Cloudflare', () => {
  it('TN8: is asked with the token for credentials that end', async () => {
    const given = await atCloudflare().fetch(NEVER);
    expect(vendor.asked).toMatchObject([
      {
        method: 'POST',
        path: '/v1/turn/keys/key/credentials/generate-ice-servers',
        authorization: 'Bearer api-token',
        body: { ttl: 600 },
      },
    ]);
    expect(given).toMatchObject({ ok: true, value: { validMs: 600_000 } });
  });

  it('TN8: addresses on the port of DNS are left out', async () => {
    const given = await atCloudflare().fetch(NEVER);
    const urls = given.ok ? given.value.servers.flatMap((server) => server.urls) : [];
    expect(urls).toHaveLength(6);
    expect(urls.filter((url) => url.includes(':53'))).toEqual([
      'turns:turn.cloudflare.com:5349?transport=tcp',
    ]);
  });

  it('TN8: the older form, one server instead of a list, is understood as well', async () => {
    const one = { urls: ['turn:turn.cloudflare.com:3478'], username: 'u', credential: 'c' };
    vendor.says = () => ({ status: 201, body: { iceServers: one } });
    expect(await atCloudflare().fetch(NEVER)).toMatchObject({ value: { servers: [one] } });
  });
});

describe('Metered', () => {
  const says = (asked: { method: string; path: string }) => {
    if (asked.method === 'POST' && asked.path === '/api/v1/turn/credential')
      return { body: { username: 'u', password: 'p', expiryInSeconds: 300, apiKey: 'its-key' } };
    if (asked.method === 'GET' && asked.path === '/api/v1/turn/credentials')
      return {
        body: [
          { urls: 'stun:stun.relay.metered.ca:80' },
          { urls: 'turn:a.relay.metered.ca:80', username: 'u', credential: 'p' },
        ],
      };
    return { status: 404 };
  };

  it('TN9: a credential that ends is created, and the servers for it are read', async () => {
    vendor.says = says;
    expect(await atMetered().fetch(NEVER)).toEqual({
      ok: true,
      value: {
        servers: [
          { urls: ['stun:stun.relay.metered.ca:80'] },
          { urls: ['turn:a.relay.metered.ca:80'], username: 'u', credential: 'p' },
        ],
        // What the service says counts, where it is less than was asked for.
        validMs: 300_000,
      },
    });
    const [created, read] = vendor.asked;
    expect(created?.query.get('secretKey')).toBe('secret-key');
    expect(created?.body).toEqual({ expiryInSeconds: 600, label: 'foyer' });
    expect(read?.query.get('apiKey')).toBe('its-key');
  });

  it('TN7: a failure of either question is the failure of both', async () => {
    vendor.says = (asked) => (asked.method === 'GET' ? { status: 401 } : says(asked));
    expect(await atMetered().fetch(NEVER)).toEqual({ ok: false, error: 'refused' });
    vendor.says = (asked) => (asked.method === 'POST' ? { status: 500 } : says(asked));
    expect(await atMetered().fetch(NEVER)).toEqual({ ok: false, error: 'serviceFailed' });
  });
});

describe('a service that does not serve', () => {
  const services: [string, (times?: typeof TIMES) => FetchedService][] = [
    ['Cloudflare', atCloudflare],
    ['Metered', atMetered],
  ];
  const failures: [string, RelayVendor['says'], RelayFailure][] = [
    ['an unknown key', () => ({ status: 401, body: { error: 'no' } }), 'refused'],
    ['a request it does not like', () => ({ status: 400 }), 'refused'],
    ['too many questions', () => ({ status: 429 }), 'tooMany'],
    ['a failure of its own', () => ({ status: 503, body: '<html>' }), 'serviceFailed'],
    ['no JSON', () => ({ body: '<html>welcome</html>' }), 'notUnderstood'],
    ['other JSON', () => ({ body: { iceServers: 'none' } }), 'notUnderstood'],
    ['an empty list', () => ({ body: { iceServers: [] } }), 'notUnderstood'],
    ['endless bytes', () => ({ body: 'x'.repeat(100_000) }), 'notUnderstood'],
    [
      'another place to ask',
      () => ({ status: 302, headers: { location: 'http://elsewhere.example/' } }),
      'unreachable',
    ],
  ];

  describe.each(services)('%s', (_name, service) => {
    it.each(failures)('TN7: %s is told apart', async (_what, says, error) => {
      vendor.says = says;
      expect(await service().fetch(NEVER)).toEqual({ ok: false, error });
    });

    it('TN7: silence ends with the timeout', async () => {
      vendor.says = () => null;
      const asked = service({ ...TIMES, timeoutMs: 100 }).fetch(NEVER);
      expect(await asked).toEqual({ ok: false, error: 'timedOut' });
    });

    it('TN7: nobody there is unreachable', async () => {
      const deaf = service();
      await vendor.close();
      expect(await deaf.fetch(NEVER)).toEqual({ ok: false, error: 'unreachable' });
      vendor = await startRelayVendor(() => null);
    });
  });
});

describe('coturn', () => {
  const clock = { date: () => new Date(1_700_000_000_000) };
  const urls = ['stun:turn.example:3478', 'turn:turn.example:3478?transport=udp'];
  const service = coturn({ urls, secret: 'shared-secret' }, { validMs: 600_000, clock });

  it('TN10: the user’s name says until when, and the password is its signature', () => {
    const [stun, relay] = service.compute('member' as MemberId);
    expect(stun).toEqual({ urls: [urls[0]] });
    expect(relay?.urls).toEqual([urls[1]]);
    expect(relay?.username).toMatch(/^1700000600:[0-9a-f]{8}$/);
    const signature = createHmac('sha1', 'shared-secret').update(relay?.username ?? '');
    expect(relay?.credential).toBe(signature.digest('base64'));
  });

  it('TN10: each member has their own, which does not name them', () => {
    const [ann, ben] = ['ann', 'ben'].map((id) => service.compute(id as MemberId).at(-1));
    expect(ann?.username).not.toBe(ben?.username);
    expect(ann?.username).not.toContain('ann');
  });
});
