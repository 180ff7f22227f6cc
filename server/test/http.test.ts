import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyHash } from '../../shared/eventKey/keyHash.ts';
import { EXTENSION_ID } from '../../shared/extensionIdentity.ts';
import {
  HealthAnswerSchema,
  LookupAnswerSchema,
  type RegisterAnswer,
} from '../../shared/protocol/http.ts';
import { anyAddress, anyToken, errorOf, shaped, startServer } from './startServer.ts';
import type { TestServer } from './startServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({
    environment: {
      FOYER_ORIGINS: 'https://partner.example',
      FOYER_ICE_SERVERS: '[{"urls":["stun:stun.example:3478"]}]',
    },
  });
}, 60_000);
afterAll(() => server.close());

async function lookup(hash: string) {
  const answer = await server.request('GET', `/api/lookup/${hash.slice(0, 5)}`);
  return shaped(LookupAnswerSchema, answer, 200);
}

const hashOfFirst = ({ event }: RegisterAnswer) => keyHash(event.addresses[0]!.key);

describe('registering', () => {
  it('HT1: an event is registered with its addresses’ keys, and found by each of them', async () => {
    const registered = await server.register({
      title: '  Opening\u202e   talk ',
      addresses: [
        { url: 'https://www.youtube.com/watch?v=abcdefghijk&t=5' },
        { url: 'https://youtu.be/abcdefghijk' },
        { url: 'https://conf.example/stage?session=4&ticket=secret', parameters: ['session'] },
      ],
    });
    const { event } = registered;
    expect(event.title).toBe('Opening talk');
    expect(event.addresses.map(({ key }) => key)).toEqual([
      'youtube:video:abcdefghijk',
      'web:conf.example/stage?session=4',
    ]);
    expect(JSON.stringify(registered)).not.toContain('ticket=secret');
    for (const { key } of event.addresses) {
      const hash = await keyHash(key);
      const { events } = await lookup(hash);
      expect(events.find((entry) => entry.keyHash === hash)).toMatchObject({
        eventId: event.eventId,
        title: 'Opening talk',
        here: 0,
        state: 'open',
      });
    }
  });

  it('HT2: a page whose registration names parameters is told their names', async () => {
    const path = anyAddress().url;
    await server.register({ addresses: [{ url: `${path}?room=2`, parameters: ['room'] }] });
    const bareHash = await keyHash(path.replace('https://', 'web:') as never);
    const { parameters, events } = await lookup(bareHash);
    expect(parameters).toContainEqual({ keyHash: bareHash, names: ['room'] });
    expect(events.filter((entry) => entry.keyHash === bareHash)).toEqual([]);
  });

  it('HT3: an address that another open listed event has is refused, and the key is named', async () => {
    const address = anyAddress();
    await server.register({ addresses: [address] });
    const body = { title: 'Mine', addresses: [address] };
    const answer = await server.request('POST', '/api/events', { body });
    expect(answer.status).toBe(409);
    expect(errorOf(answer).reason).toBe('urlTaken');
    expect(errorOf(answer).message).toContain(address.url.replace('https://', 'web:'));
  });

  it('HT3: of many at the same moment exactly one gets the address', async () => {
    const body = { title: 'Mine', addresses: [anyAddress()] };
    const all = await Promise.all(
      Array.from({ length: 8 }, () => server.request('POST', '/api/events', { body })),
    );
    expect(all.map(({ status }) => status).toSorted()).toEqual([
      201, 409, 409, 409, 409, 409, 409, 409,
    ]);
  });

  it('HT4: unlisted events are never found and may share addresses', async () => {
    const address = anyAddress();
    const group = await server.register({ addresses: [address], visibility: 'unlisted' });
    await server.register({ addresses: [address], visibility: 'unlisted' });
    expect((await lookup(await hashOfFirst(group))).events).toEqual([]);
    await server.register({ addresses: [address] });
    expect((await lookup(await hashOfFirst(group))).events).toHaveLength(1);
  });

  it('HT5: an event whose hours are over gives its address free', async () => {
    const address = anyAddress();
    const past = { opensAt: '2020-01-01T09:00:00Z', closesAt: '2020-01-01T17:00:00Z' };
    const old = await server.register({ addresses: [address], ...past });
    const hash = await hashOfFirst(old);
    expect((await lookup(hash)).events[0]).toMatchObject({ state: 'closed' });
    const fresh = await server.register({ addresses: [address] });
    expect((await lookup(hash)).events).toMatchObject([{ eventId: fresh.event.eventId }]);
  });

  it.each([
    ['no title', { addresses: [anyAddress()] }],
    ['an invisible title', { title: '\u200b', addresses: [anyAddress()] }],
    ['a title too long', { title: 'x'.repeat(121), addresses: [anyAddress()] }],
    ['no address', { title: 'T', addresses: [] }],
    ['too many addresses', { title: 'T', addresses: Array.from({ length: 21 }, anyAddress) }],
    [
      'a bad parameter name',
      { title: 'T', addresses: [{ url: 'https://a.b', parameters: ['?'] }] },
    ],
    ['a call too short', { title: 'T', addresses: [anyAddress()], callSeconds: 14 }],
    ['a call too long', { title: 'T', addresses: [anyAddress()], callSeconds: 901 }],
    ['a broken time', { title: 'T', addresses: [anyAddress()], opensAt: 'tomorrow' }],
    ['an unknown visibility', { title: 'T', addresses: [anyAddress()], visibility: 'hidden' }],
    ['an unknown field', { title: 'T', addresses: [anyAddress()], admin: true }],
    [
      'closing before opening',
      {
        title: 'T',
        addresses: [anyAddress()],
        opensAt: '2030-01-02T00:00:00Z',
        closesAt: '2030-01-01T00:00:00Z',
      },
    ],
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[]'],
  ])('HT6: a registration with %s is a bad request', async (_, body) => {
    const answer = await server.request('POST', '/api/events', { body });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).reason).toBe('badRequest');
  });

  it.each([
    ['no address', 'hello'],
    ['another scheme', 'ftp://conf.example/x'],
    ['a password', 'https://me:pass@conf.example/x'],
    ['a moving pointer', 'https://www.youtube.com/@channel/live'],
    ['a start page', 'https://www.youtube.com/'],
  ])('HT7: %s is no event, and the answer says what to do', async (_, url) => {
    const body = { title: 'T', addresses: [{ url }] };
    const answer = await server.request('POST', '/api/events', { body });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).reason).toBe('notAnEventUrl');
    expect(errorOf(answer).message).toMatch(/\.$/);
  });

  it('HT8: a body above 64 kB is too large, and one that is no JSON is a bad request', async () => {
    const large = { body: { title: 'x'.repeat(70_000), addresses: [anyAddress()] } };
    const answer = await server.request('POST', '/api/events', large);
    expect([answer.status, errorOf(answer).reason]).toEqual([413, 'tooLarge']);
    const text = { body: 'hello', headers: { 'content-type': 'text/plain' } };
    expect((await server.request('POST', '/api/events', text)).status).toBe(400);
  });
});

describe('lookup', () => {
  it.each(['abcd', 'abcdef', 'ABCDE', 'ghijk', "a'--b"])(
    'HT9: the prefix %s is a bad request',
    async (prefix) => {
      const answer = await server.request('GET', `/api/lookup/${encodeURIComponent(prefix)}`);
      expect([answer.status, errorOf(answer).reason]).toEqual([400, 'badRequest']);
    },
  );
});

describe('hiding addresses', () => {
  it('HT20: an event that hides addresses is refused where the server has no relay', async () => {
    const body = { title: 'A talk', addresses: [anyAddress()], relayOnly: true };
    const refused = await server.request('POST', '/api/events', { body });
    expect(refused.status).toBe(409);
    expect(errorOf(refused).reason).toBe('noRelay');
  });

  it('HT20: with a relay it is kept, told to who joins, and can be taken back', async () => {
    const environment = { FOYER_ICE_SERVERS: '[{"urls":["turn:turn.example:3478"]}]' };
    const withRelay = await startServer({ environment });
    const { event, ownerSecret } = await withRelay.register({ relayOnly: true });
    expect(await withRelay.join(event.eventId)).toMatchObject({
      relayOnly: true,
    });
    const change = { bearer: ownerSecret, body: { relayOnly: false } };
    await withRelay.request('PATCH', `/api/events/${event.eventId}`, change);
    expect(await withRelay.join(event.eventId)).toMatchObject({ relayOnly: false });
    await withRelay.close();
  });
});

describe('joining', () => {
  it('HT10: joining gives a ticket and the addresses of the host it was asked on', async () => {
    const { event } = await server.register();
    const joined = await server.join(event.eventId);
    const host = new URL(server.url).host;
    expect(joined).toMatchObject({
      lobbyUrl: `ws://${host}/lobby`,
      brokerUrl: `http://${host}/broker/`,
      relayOnly: false,
      eventTitle: 'A talk',
    });
  });

  it.each([
    ['no name', { displayName: undefined }],
    ['an invisible name', { displayName: '\u202e' }],
    ['a name too long', { displayName: 'x'.repeat(41) }],
    ['a short device token', { deviceToken: 'short' }],
    ['an unknown field', { role: 'admin' }],
  ])('HT11: joining with %s is a bad request', async (_, changes) => {
    const { event } = await server.register();
    const body = { displayName: 'Ann', deviceToken: anyToken(), ...changes };
    const answer = await server.request('POST', `/api/events/${event.eventId}/join`, { body });
    expect([answer.status, errorOf(answer).reason]).toEqual([400, 'badRequest']);
  });

  it.each(['ffffffffffffffffffffffff', 'x', '%00'])(
    'HT12: there is no event %s',
    async (eventId) => {
      const body = { displayName: 'Ann', deviceToken: anyToken() };
      const answer = await server.request('POST', `/api/events/${eventId}/join`, { body });
      expect([answer.status, errorOf(answer).reason]).toEqual([404, 'notFound']);
    },
  );

  it('HT13: before the opening hours and after them nobody comes in', async () => {
    const soon = await server.register({ opensAt: '2100-01-01T00:00:00Z' });
    const over = await server.register({ closesAt: '2020-01-01T00:00:00Z' });
    const body = { displayName: 'Ann', deviceToken: anyToken() };
    const ask = ({ event }: RegisterAnswer) =>
      server.request('POST', `/api/events/${event.eventId}/join`, { body });
    expect(errorOf(await ask(soon)).reason).toBe('notOpenYet');
    expect(errorOf(await ask(over)).reason).toBe('closed');
  });
});

describe('origins and headers', () => {
  it('HT14: a page of another origin is refused, the named ones get their headers', async () => {
    const { event } = await server.register();
    const path = `/api/events/${event.eventId}/join`;
    const body = { displayName: 'Ann', deviceToken: anyToken() };
    const ask = (origin: string) => server.request('POST', path, { body, headers: { origin } });
    const evil = await ask('https://evil.example');
    expect([evil.status, errorOf(evil).reason]).toEqual([403, 'originRefused']);
    for (const origin of [`chrome-extension://${EXTENSION_ID}`, 'https://partner.example']) {
      const answer = await ask(origin);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-expose-headers')).toBe('retry-after');
    }
    expect((await ask(server.url)).status).toBe(200);
  });

  it('HT15: the extension’s preflight is answered', async () => {
    const answer = await server.request('OPTIONS', '/api/events', {
      headers: {
        origin: `chrome-extension://${EXTENSION_ID}`,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
  });

  it('HT16: pages come with a strict policy, framed by nobody, telling nobody the address', async () => {
    const { headers } = await server.request('GET', '/organize');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('HT17: an unknown address is an ErrorAnswer', async () => {
    const answer = await server.request('GET', '/nothing/here');
    expect([answer.status, errorOf(answer).reason]).toEqual([404, 'notFound']);
  });

  it.each(['/assets/../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/assets/none.js'])(
    'HT18: %s is not served',
    async (path) => {
      expect((await server.request('GET', path)).status).toBeGreaterThanOrEqual(400);
    },
  );

  it.each(['/healthz', '/readyz'])('HT19: %s says ok', async (path) => {
    const answer = await server.request('GET', path);
    expect(shaped(HealthAnswerSchema, answer, 200)).toEqual({ status: 'ok' });
  });
});
