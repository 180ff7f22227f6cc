import { expect, test } from 'vitest';
import { fail, ok } from '../result.ts';
import { eventKeyOf } from './eventKey.ts';

test.each([
  'https://vimeo.com/76979871',
  'https://www.vimeo.com/76979871',
  'https://m.vimeo.com/76979871/',
  'https://vimeo.com/76979871#t=30s',
  'https://vimeo.com/76979871?share=copy',
  'https://vimeo.com/video/76979871',
  'https://vimeo.com/channels/staffpicks/76979871',
  'https://vimeo.com/groups/shortfilms/videos/76979871',
  'https://vimeo.com/album/2838732/video/76979871',
  'https://vimeo.com/showcase/2838732/video/76979871',
  'https://vimeo.com/ondemand/somefilm/76979871',
  'https://vimeo.com/manage/videos/76979871',
  'https://player.vimeo.com/video/76979871?autoplay=1',
])('EK20: one video, one key: %s', (url) => {
  const key = 'vimeo:video:76979871';
  expect(eventKeyOf(url)).toEqual(ok({ key, url: 'https://vimeo.com/76979871', bareKey: key }));
});

test.each([
  'https://vimeo.com/event/4154130',
  'https://vimeo.com/event/4154130/',
  'https://vimeo.com/event/4154130/embed',
  'https://vimeo.com/event/4154130/embed/interaction',
  'https://player.vimeo.com/event/4154130',
])('EK21: one event, one key: %s', (url) => {
  const key = 'vimeo:event:4154130';
  expect(eventKeyOf(url)).toEqual(
    ok({ key, url: 'https://vimeo.com/event/4154130', bareKey: key }),
  );
});

test.each([
  ['https://vimeo.com/76979871/5ec4e7a11b', 'https://vimeo.com/76979871'],
  ['https://vimeo.com/76979871/5ec4e7a11b?share=copy', 'https://vimeo.com/76979871'],
  ['https://player.vimeo.com/video/76979871?h=5ec4e7a11b', 'https://vimeo.com/76979871'],
  ['https://vimeo.com/event/4154130/5ec4e7a11b', 'https://vimeo.com/event/4154130'],
])('EK22: the private hash is dropped: %s', (url, publicUrl) => {
  expect(eventKeyOf(url)).toMatchObject({ value: { url: publicUrl } });
  expect(JSON.stringify(eventKeyOf(url))).not.toContain('5ec4e7a11b');
});

test.each([
  'https://vimeo.com/',
  'https://vimeo.com/watch',
  'https://vimeo.com/search?q=conf',
  'https://vimeo.com/conftalks',
  'https://vimeo.com/user12345',
  'https://vimeo.com/channels/staffpicks',
  'https://vimeo.com/event/abc',
  'https://vimeo.com/event',
  'https://vimeo.com/076979871',
  'https://vimeo.com/1234567890123456',
  'https://developer.vimeo.com/76979871',
])('EK22: no single broadcast: %s', (url) => {
  expect(eventKeyOf(url)).toEqual(fail('notAnEvent'));
});
