import { expect, it } from 'vitest';
import { createApiClient, type Fetch } from './apiClient.ts';

const EVENT = 'event000001';
const answering =
  (ok: boolean, value: unknown, retryAfter?: string): Fetch =>
  async () => ({
    ok,
    headers: new Headers(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
    json: async () => value,
  });

it('HC1: an answer of the protocol is decoded', async () => {
  const api = createApiClient('http://h/', answering(true, { events: [], parameters: [] }));
  expect(await api.lookup('abcde')).toEqual({ ok: true, value: { events: [], parameters: [] } });
});

it('HC2: a refusal keeps its reason and its sentence', async () => {
  const error = { reason: 'notOpenYet', message: 'Opens at nine.' };
  const api = createApiClient('http://h', answering(false, { error }));
  expect(await api.invite(EVENT, 'token')).toEqual({ ok: false, error });
});

it.each([
  ['another shape', answering(true, { events: 'many' })],
  ['an error page', answering(false, '<html>')],
  [
    'no JSON at all',
    (async () => ({
      ok: true,
      headers: new Headers(),
      json: () => Promise.reject(new Error('no JSON')),
    })) as Fetch,
  ],
])('HC3: %s is not Foyer', async (_name, fetch) => {
  const answer = await createApiClient('http://h', fetch).lookup('abcde');
  expect(answer).toMatchObject({ ok: false, error: { reason: 'notFoyer' } });
});

it('HC4: no answer is unreachable', async () => {
  const fetch: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));
  const answer = await createApiClient('http://h', fetch).lookup('abcde');
  expect(answer).toMatchObject({ ok: false, error: { reason: 'unreachable' } });
});

it('HC5: secrets travel in a header, never in the address', async () => {
  const seen: { url: string; authorization: string | undefined }[] = [];
  const fetch: Fetch = async (url, { headers }) => {
    seen.push({ url, authorization: headers['authorization'] });
    return { ok: false, headers: new Headers(), json: async () => null };
  };
  await createApiClient('http://h/', fetch).console(EVENT, 'owner-secret');
  expect(seen).toEqual([
    { url: 'http://h/api/events/event000001/console', authorization: 'Bearer owner-secret' },
  ]);
});

it.each([
  ['12', 12_000],
  ['0', 0],
  ['301', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['Sun, 22 Nov 2026 08:00:00 GMT', undefined],
  [undefined, undefined],
])('HC6: Retry-After: %s is a pause of %s ms', async (retryAfter, retryAfterMs) => {
  const error = { reason: 'tooMany', message: 'Later.' };
  const api = createApiClient('http://h', answering(false, { error }, retryAfter));
  expect(await api.invite(EVENT, 'token')).toEqual({
    ok: false,
    error: { ...error, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  });
});
