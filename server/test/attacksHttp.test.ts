import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../shared/protocol/limits.ts';
import { RawConnection } from './rawConnection.ts';
import { anyToken, errorOf, startServer, type TestServer } from './startServer.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(() => server.close());

/** Two requests on one connection would give two answers; a smuggled one is such a second. */
async function answersTo(text: string): Promise<number[]> {
  const connection = await RawConnection.open(server.url);
  connection.write(text);
  const answer = await connection.end();
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3})/gu)].map(([, status]) => Number(status));
}

const HIDDEN = 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
const post = (headers: readonly string[], body: string) =>
  ['POST /api/events HTTP/1.1', 'Host: a', ...headers, '', body].join('\r\n');

describe('requests that two servers could read differently', () => {
  it.each([
    ['two lengths', ['Content-Length: 0', `Content-Length: ${HIDDEN.length}`]],
    ['two lengths in one line', [`Content-Length: 0, ${HIDDEN.length}`]],
    ['a length with a sign', [`Content-Length: +${HIDDEN.length}`]],
    ['a length with a blank', ['Content-Length : 0']],
    ['a length and pieces', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['pieces in disguise', ['Transfer-Encoding: xchunked']],
    ['pieces twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
    ['a folded line', ['X-One: 1', ' Content-Length: 0']],
    ['a line without a colon', ['Nonsense']],
    ['a zero byte', ['X-One: a\0b']],
  ])(
    'AT13: %s are refused, and what follows is not read as another request',
    async (_, headers) => {
      const statuses = await answersTo(post(headers, HIDDEN));
      expect(statuses).toEqual([400]);
    },
  );

  it.each([
    ['a size that is no number', 'zz\r\n'],
    ['a size beyond all numbers', 'fffffffffffffffff\r\n'],
    ['a size with a sign', '-1\r\n'],
  ])('AT13: pieces with %s are refused', async (_, piece) => {
    const headers = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
    expect(await answersTo(post(headers, `${piece}${HIDDEN}`))).toEqual([400]);
  });

  it('AT13: no host, or two, are refused', async () => {
    const request = (...hosts: string[]) =>
      ['GET /healthz HTTP/1.1', ...hosts, 'Connection: close', '', ''].join('\r\n');
    expect(await answersTo(request())).toEqual([400]);
    expect(await answersTo(request('Host: a', 'host: b'))).toEqual([400]);
  });

  it('AT14: an endless address and endless headers are refused', async () => {
    const long = 'x'.repeat(70_000);
    expect(await answersTo(`GET /${long} HTTP/1.1\r\nHost: a\r\n\r\n`)).toEqual([431]);
    expect(await answersTo(`GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${long}\r\n\r\n`)).toEqual([431]);
    const many = 'X: 1\r\n'.repeat(10_000);
    expect(await answersTo(`GET / HTTP/1.1\r\nHost: a\r\n${many}\r\n`)).toEqual([431]);
  });
});

describe('bodies', () => {
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

  it.each([
    ['an object that names a prototype', '{"__proto__":{"visibility":"unlisted"},"title":"a"}'],
    ['a constructor', '{"constructor":{"prototype":{"admin":true}},"title":"a"}'],
    ['a list as deep as the body is long', deep(30_000)],
    ['objects as deep as the body is long', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    [
      'a number beyond all numbers',
      '{"title":"a","addresses":[{"url":"https://a.example"}],"callSeconds":1e999}',
    ],
    ['a number with a thousand digits', `{"callSeconds":${'9'.repeat(1_000)}}`],
    [
      'half a surrogate pair as a title',
      '{"title":"\\ud800","addresses":[{"url":"https://a.example"}]}',
    ],
    ['nothing', ''],
    ['a letter', 'x'],
    ['a mark of byte order', '\ufeff{}'],
  ])('AT15: %s is a bad request', async (_, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await server.request('POST', '/api/events', { body, headers });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).reason).toBe('badRequest');
    expect(({} as Record<string, unknown>)['visibility']).toBeUndefined();
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString', '%00', '..%2f..%2fetc', "' or 1=1 --", '%ff'])(
    'AT15: an event called %s is not found',
    async (name) => {
      const path = `/api/events/${name.includes('%') ? name : encodeURIComponent(name)}/join`;
      const body = { displayName: 'Ann', deviceToken: anyToken() };
      const answer = await server.request('POST', path, { body });
      expect([400, 404]).toContain(answer.status);
      expect(['badRequest', 'notFound']).toContain(errorOf(answer).reason);
    },
  );
});

describe('names', () => {
  const register = (title: string) => server.register({ title });

  it.each([
    ['turned round', 'Ann\u202etxt.exe', 'Anntxt.exe'],
    ['isolated', '\u2066Ann\u2069', 'Ann'],
    ['with letters of no width', 'A\u200bn\u200dn\ufeff', 'Ann'],
    ['over several lines', 'Ann\r\n\u2028Ben\u2029', 'Ann Ben'],
    ['with control characters', '\u0000A\u0007n\u001bn\u009f', 'Ann'],
    ['with tags', 'Ann\u{e0041}\u{e007f}', 'Ann'],
    ['with invisible operators', 'A\u2062n\u2064n', 'Ann'],
    ['with half a pair', 'Ann\ud83d', 'Ann'],
    ['with blanks of all kinds', '\u00a0\u3000Ann\u2003 \u2009Ben', 'Ann Ben'],
  ])('AT16: a name %s is cleaned', async (_, given, seen) => {
    const { event } = await register(given);
    expect(event.title).toBe(seen);
  });

  it.each([
    ['of blanks', ' \u3000\u00a0 '],
    ['of what cannot be seen', '\u200b\u202e\u2066\ufeff'],
    ['of marks without a letter under them', '\u0301\u0300'],
    ['of blank letters', '\u3164\u115f\u2800'],
    ['that climbs over other lines', `A${'\u0335\u0336\u0337\u0338'.repeat(9)}`],
    ['too long', 'x'.repeat(LIMITS.displayNameLength + 1)],
    ['endless', 'x'.repeat(60_000)],
  ])('AT16: a name %s is refused', async (_, displayName) => {
    const { event } = await register('A talk');
    const body = { displayName, deviceToken: anyToken() };
    const answer = await server.request('POST', `/api/events/${event.eventId}/join`, { body });
    expect(answer.status).toBe(400);
  });

  it.each([
    'Zoë',
    'José María',
    '李小龍',
    'محمد',
    'Ольга',
    'नरेंद्र',
    'ศรีสุข',
    'Việt Nguyễn',
    "D'Arcy ❤",
    '👩‍👩‍👧',
  ])('AT16: %s is a name', async (displayName) => {
    const { event } = await register('A talk');
    await server.join(event.eventId, { displayName });
  });
});
