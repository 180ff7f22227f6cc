import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { EventKey } from '../ids.ts';
import { LIMITS } from '../protocol/limits.ts';
import { fail, ok } from '../result.ts';
import { eventKeyOf } from './eventKey.ts';
import { keyHash } from './keyHash.ts';

const ID = 'dQw4w9WgXcQ';

test.each([
  '',
  'conf.example/live',
  `www.youtube.com/watch?v=${ID}`,
  '//conf.example/live',
  '/live',
  'https://',
  'https://conf example/',
  'https://conf.example:99999/',
  'https://conf..example/',
  'https://.conf.example/',
  'https://conf.example../',
  'https://[::1/',
  'https://1.2.3.999/',
])('EK1: not an absolute address: %j', (url) => {
  expect(eventKeyOf(url)).toEqual(fail('notAnAddress'));
});

test.each([
  'javascript:alert(1)',
  `javascript://www.youtube.com/watch?v=${ID}%0aalert(1)`,
  'data:text/html,<video>',
  'file:///home/ada/talk.mp4',
  'about:blank',
  `blob:https://www.youtube.com/${ID}`,
  'ftp://conf.example/live',
  'ws://conf.example/live',
  'chrome-extension://dmigcbmpnakmlplckcbipcmgpfmbmmbd/panel.html',
  `view-source:https://youtu.be/${ID}`,
  `youtube://www.youtube.com/watch?v=${ID}`,
  'localhost:3000/live',
  'mailto:ada@conf.example',
])('EK1: another scheme: %s', (url) => {
  expect(eventKeyOf(url)).toEqual(fail('schemeUnsupported'));
});

test.each([
  'https://ada:s3cret@conf.example/live',
  'https://ada@conf.example/live',
  'https://:s3cret@conf.example/live',
  `https://www.youtube.com@evil.example/watch?v=${ID}`,
  `https://www.youtube.com%2f@evil.example/watch?v=${ID}`,
  `https://ada:s3cret@www.youtube.com/watch?v=${ID}`,
])('EK2: credentials are refused: %s', (url) => {
  expect(eventKeyOf(url)).toEqual(fail('credentials'));
});

test.each([
  ['an address of 10 kB', `https://conf.example/?${'a'.repeat(10_240)}`],
  ['a YouTube address of 10 kB', `https://youtu.be/${ID}?${'a'.repeat(10_240)}`],
  ['a path above the key’s length', `https://conf.example/${'a'.repeat(LIMITS.eventKeyLength)}`],
  ['a path that grows by its escapes', `https://conf.example/${'^'.repeat(400)}`],
])('EK3: %s is too long', (_what, url) => {
  expect(eventKeyOf(url)).toEqual(fail('tooLong'));
});

test('EK3: the longest address and the longest key pass', () => {
  const start = 'https://conf.example/?';
  expect(eventKeyOf(start + 'a'.repeat(LIMITS.urlLength - start.length)).ok).toBe(true);
  const path = 'a'.repeat(LIMITS.eventKeyLength - 'web:conf.example/'.length);
  expect(eventKeyOf(`https://conf.example/${path}`).ok).toBe(true);
});

test.each([
  [`https://youtube.com.evil.example/watch?v=${ID}`, 'web:youtube.com.evil.example/watch'],
  [`https://www.youtube.com.evil.example/watch?v=${ID}`, 'web:www.youtube.com.evil.example/watch'],
  [`https://evilyoutube.com/watch?v=${ID}`, 'web:evilyoutube.com/watch'],
  [`https://notyoutu.be/${ID}`, `web:notyoutu.be/${ID}`],
  [`https://youtube.co/watch?v=${ID}`, 'web:youtube.co/watch'],
  [`https://youtube-com.example/watch?v=${ID}`, 'web:youtube-com.example/watch'],
  [`https://evil.example/youtube.com/watch?v=${ID}`, 'web:evil.example/youtube.com/watch'],
  [`https://evil.example#@www.youtube.com/watch?v=${ID}`, 'web:evil.example/'],
  [`https://evil.example?https://www.youtube.com/watch?v=${ID}`, 'web:evil.example/'],
  [
    `https://evil.example\\@www.youtube.com/live/${ID}`,
    `web:evil.example/@www.youtube.com/live/${ID}`,
  ],
  [`https://уoutube.com/watch?v=${ID}`, 'web:xn--outube-vrf.com/watch'],
  [`https://youtubе.com/watch?v=${ID}`, 'web:xn--youtub-8of.com/watch'],
  [`https://yоutu.be/${ID}`, `web:xn--yutu-55d.be/${ID}`],
  [`https://www.youtube.com:8443/watch?v=${ID}`, 'web:www.youtube.com:8443/watch'],
  ['https://twitch.tv.evil.example/conf_talks', 'web:twitch.tv.evil.example/conf_talks'],
  ['https://eviltwitch.tv/conf_talks', 'web:eviltwitch.tv/conf_talks'],
  ['https://vimeo.com.evil.example/76979871', 'web:vimeo.com.evil.example/76979871'],
  ['https://evilvimeo.com/76979871', 'web:evilvimeo.com/76979871'],
  ['http://vimeo.com:8080/76979871', 'web:vimeo.com:8080/76979871'],
])('EK5: a look-alike is an ordinary page: %s', (url, key) => {
  expect(eventKeyOf(url)).toMatchObject({ ok: true, value: { key } });
});

const NAMES = ['room', 'day', 'a.b'];
const host = fc.constantFrom(
  'conf.example',
  'www.youtube.com',
  'youtu.be',
  'player.twitch.tv',
  'www.twitch.tv',
  'vimeo.com',
  'localhost:8080',
  '[::1]',
  'bücher.example.',
);
const anyAddress = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc
    .tuple(fc.constantFrom('https', 'http'), host, fc.string({ unit: 'binary' }))
    .map(([scheme, name, rest]) => `${scheme}://${name}/${rest}`),
  fc
    .array(fc.constantFrom('%', '2', '5', 'e', '.', '/', '^', '?', 'room=', '&', '#', 'ü', '\\'))
    .map((pieces) => `https://conf.example/${pieces.join('')}`),
);

test('EK30: whatever comes in, nothing is thrown, and the place’s address has the place’s key', () => {
  fc.assert(
    fc.property(anyAddress, fc.subarray(NAMES), (url, parameters) => {
      const place = eventKeyOf(url, parameters);
      if (!place.ok) return;
      expect(eventKeyOf(place.value.url, parameters)).toEqual(ok(place.value));
      expect(eventKeyOf(url)).toMatchObject({ value: { key: place.value.bareKey } });
      expect(place.value.key.length).toBeLessThanOrEqual(LIMITS.eventKeyLength);
    }),
    { numRuns: 2_000 },
  );
});

test('EK27: no unnamed text of an unknown site’s query or fragment survives', () => {
  const secret = fc.stringMatching(/^[A-Z]{12}$/);
  fc.assert(
    fc.property(
      secret,
      fc.webPath(),
      fc.constantFrom('?', '?t=', '?room=1&t=', '#', '?a#'),
      (text, path, before) => {
        const place = eventKeyOf(`https://conf.example${path}${before}${text}`, ['room']);
        expect(place.ok).toBe(true);
        expect(JSON.stringify(place)).not.toContain(text);
      },
    ),
  );
});

test('EK31: the hash is that of Node’s own crypto', async () => {
  const key = `youtube:video:${ID}` as EventKey;
  expect(await keyHash(key)).toBe(createHash('sha256').update(key).digest('hex'));
  expect(await keyHash('web:conf.example/z%C3%BCrich' as EventKey)).toMatch(/^[0-9a-f]{64}$/);
});
