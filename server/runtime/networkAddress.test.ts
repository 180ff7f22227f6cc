import { expect, it } from 'vitest';
import { networkAddress } from './networkAddress.ts';
import { TrustedProxies } from './trustedProxies.ts';

const ask = (remoteAddress: string, forwardedFor: string | undefined, ...places: string[]) =>
  networkAddress({ remoteAddress, forwardedFor }, new TrustedProxies(places));

it.each([
  ['nobody but the socket is asked', '198.51.100.7', '203.0.113.9', []],
  ['a proxy elsewhere is not believed', '198.51.100.7', '203.0.113.9', ['loopback']],
  ['a trusted one is', '10.1.2.3', '198.51.100.7', ['10.0.0.0/8']],
  ['what it was told itself is not', '10.1.2.3', '203.0.113.9, 198.51.100.7', ['10.0.0.0/8']],
  ['through two', '127.0.0.1', '198.51.100.7, 10.1.2.3', ['loopback', '10.0.0.0/8']],
  ['one that says nothing counts itself', '198.51.100.7', undefined, ['198.51.100.0/24']],
  ['as IPv6 writes IPv4', '::ffff:10.1.2.3', '198.51.100.7', ['10.0.0.0/8']],
])('LS26: %s', (_, remoteAddress, forwardedFor, places) => {
  expect(ask(remoteAddress, forwardedFor, ...places)).toBe('198.51.100.7');
});

it('LS26: this very machine is not counted', () => {
  expect(ask('127.0.0.1', undefined)).toBeNull();
  expect(ask('::1', '203.0.113.9')).toBeNull();
});

it('LS26: whoever has one address of a /64 has all of them', () => {
  expect(ask('2001:db8:1:2::5', undefined)).toBe(ask('2001:db8:1:2:ffff::1', undefined));
});

it.each(['loopback', '10.0.0.0/8', '192.0.2.1', 'fd00::/8', '::1'])(
  'LS26: %s is a place',
  (place) => {
    expect(TrustedProxies.isPlace(place)).toBe(true);
  },
);

it.each(['all', '10.0.0.0/33', '10.0.0.0/8/8', '1.2.3', 'fd00::/129', '*'])(
  'LS26: %s is none',
  (place) => expect(TrustedProxies.isPlace(place)).toBe(false),
);
