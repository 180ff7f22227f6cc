import { expect, test } from 'vitest';
import { addressesIn } from './addressesIn.ts';

const FINGERPRINT = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, i) => (i + 16).toString(16).toUpperCase()).join(':')}`;

test.each<[string, string, string[]]>([
  [
    'a candidate',
    'candidate:1 1 udp 2122260223 192.168.1.7 51234 typ host generation 0 ufrag abcd',
    ['192.168.1.7'],
  ],
  [
    'a related address',
    'candidate:2 1 udp 41885695 10.88.0.10 50001 typ relay raddr 203.0.113.9 rport 4711',
    ['10.88.0.10', '203.0.113.9'],
  ],
  [
    'IPv6',
    'candidate:3 1 udp 1 2001:db8::1a 9 typ host raddr fe80::1 rport 9',
    ['2001:db8::1a', 'fe80::1'],
  ],
  ['IPv6 with IPv4 inside', 'c=IN IP6 ::ffff:10.0.0.1', ['10.0.0.1', '::ffff:10.0.0.1']],
  [
    'a name of the local network',
    'candidate:4 1 udp 1 1f5c8f3e-8a5b-4f7b-9d0c-0123456789ab.local 9 typ host',
    ['1f5c8f3e-8a5b-4f7b-9d0c-0123456789ab.local'],
  ],
  ['JSON', '{"address":"192.0.2.5","ip":"2001:DB8::2","port":9}', ['192.0.2.5', '2001:db8::2']],
  ['a description in JSON', String.raw`{"sdp":"o=- 1 2 IN IP4 127.0.0.1\r\ns=-"}`, ['127.0.0.1']],
  ['a server with its port', 'turn:198.51.100.4:3478?transport=udp', ['198.51.100.4']],
  ['no address: a fingerprint', FINGERPRINT, []],
  ['no address: times and versions', 'at 12:34:56, 1.2.3, 300.1.1.1, 1.2.3.4.5', []],
])('SN20: addresses are found in %s', (_name, text, expected) => {
  expect(addressesIn(text)).toEqual(expected);
});
