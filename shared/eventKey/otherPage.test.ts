import { expect, test } from 'vitest';
import { eventKeyOf } from './eventKey.ts';

test.each([
  ['https://conf.example/live', 'web:conf.example/live'],
  ['http://conf.example/live', 'web:conf.example/live'],
  ['https://conf.example', 'web:conf.example/'],
  ['https://conf.example/', 'web:conf.example/'],
  ['https://conf.example/live/', 'web:conf.example/live'],
  ['https://conf.example/live//', 'web:conf.example/live'],
  ['https://conf.example/live//a', 'web:conf.example/live//a'],
  ['https://conf.example/Live', 'web:conf.example/Live'],
  ['https://www.conf.example/live', 'web:www.conf.example/live'],
  ['https://conf.example/a/./b/../live', 'web:conf.example/a/live'],
  ['https://conf.example/%2e%2e/live', 'web:conf.example/live'],
])('EK25: %s is %s', (url, key) => {
  expect(eventKeyOf(url)).toMatchObject({ value: { key, bareKey: key } });
});

test.each([
  ['https://CONF.Example/live', 'web:conf.example/live'],
  ['https://conf.example./live', 'web:conf.example/live'],
  ['https://conf.example:443/live', 'web:conf.example/live'],
  ['http://conf.example:80/live', 'web:conf.example/live'],
  ['http://conf.example:443/live', 'web:conf.example:443/live'],
  ['https://conf.example:8443/live', 'web:conf.example:8443/live'],
  ['https://bücher.example/live', 'web:xn--bcher-kva.example/live'],
  ['https://BÜCHER.example/live', 'web:xn--bcher-kva.example/live'],
  ['https://xn--bcher-kva.example/live', 'web:xn--bcher-kva.example/live'],
  ['http://localhost:3000/stage', 'web:localhost:3000/stage'],
  ['http://127.0.0.1:8787/', 'web:127.0.0.1:8787/'],
  ['http://2130706433/', 'web:127.0.0.1/'],
  ['http://0x7f.1/', 'web:127.0.0.1/'],
  ['http://[::1]:8080/stage', 'web:[::1]:8080/stage'],
  ['http://[0:0:0:0:0:0:0:1]/stage', 'web:[::1]/stage'],
])('EK4: %s is %s', (url, key) => {
  expect(eventKeyOf(url)).toMatchObject({ value: { key } });
});

test.each([
  ['https://conf.example/a%7Eb', 'web:conf.example/a~b'],
  ['https://conf.example/%61%62', 'web:conf.example/ab'],
  ['https://conf.example/a%2fb', 'web:conf.example/a%2Fb'],
  ['https://conf.example/zürich', 'web:conf.example/z%C3%BCrich'],
  ['https://conf.example/z%c3%bcrich', 'web:conf.example/z%C3%BCrich'],
  ['https://conf.example/a b', 'web:conf.example/a%20b'],
  ['https://conf.example/100%', 'web:conf.example/100%25'],
  ['https://conf.example/%%341', 'web:conf.example/%2541'],
  ['https://conf.example/a[1]|b^c', 'web:conf.example/a%5B1%5D%7Cb%5Ec'],
  ['https://conf.example/%ff', 'web:conf.example/%FF'],
  ["https://conf.example/a!$&'()*+,;=:@b", "web:conf.example/a!$&'()*+,;=:@b"],
])('EK26: %s is %s', (url, key) => {
  expect(eventKeyOf(url)).toMatchObject({ value: { key } });
});

test.each([
  ['https://conf.example/join?token=s3cret', 'https://conf.example/join'],
  ['https://conf.example/join?pwd=s3cret#s3cret', 'https://conf.example/join'],
  ['https://conf.example/?s3cret', 'https://conf.example/'],
  ['https://conf.example/live/#/s3cret', 'https://conf.example/live/'],
  ['https://zoom.example/w/1?tk=s3cret&uuid=s3cret', 'https://zoom.example/w/1'],
])('EK27: query and fragment stay behind: %s', (url, publicUrl) => {
  expect(eventKeyOf(url)).toMatchObject({ ok: true, value: { url: publicUrl } });
  expect(JSON.stringify(eventKeyOf(url))).not.toContain('s3cret');
});

test.each([
  ['https://conf.example/live?room=2&day=1', '?day=1&room=2'],
  ['https://conf.example/live?day=1&room=2&token=s3cret', '?day=1&room=2'],
  ['https://conf.example/live/?day=1&room=2', '?day=1&room=2'],
  ['https://conf.example/live?room=2', '?room=2'],
  ['https://conf.example/live?room=2&room=3', '?room=2'],
  ['https://conf.example/live?room=', '?room='],
  ['https://conf.example/live?ROOM=2', ''],
  ['https://conf.example/live?room=a+b%26c', '?room=a%20b%26c'],
  ['https://conf.example/live?token=s3cret', ''],
])('EK28, EK29: named parameters are kept in their names’ order: %s', (url, query) => {
  expect(eventKeyOf(url, ['room', 'day', 'room'])).toMatchObject({
    value: { key: `web:conf.example/live${query}`, bareKey: 'web:conf.example/live' },
  });
});

test('EK28: a platform’s key knows no named parameters', () => {
  const url = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&room=2';
  expect(eventKeyOf(url, ['room'])).toEqual(eventKeyOf(url));
});
