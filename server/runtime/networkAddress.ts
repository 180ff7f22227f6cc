import { isIP, isIPv6 } from 'node:net';
import { TrustedProxies } from './trustedProxies.ts';

/** What a subscriber is given at least: whoever has one address of a /64 has all of them. */
const SUBSCRIBER_GROUPS = 4;
const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/iu;

const LOOPBACK = new TrustedProxies(['loopback']);

interface Asked {
  readonly remoteAddress: string | undefined;
  /** The header `x-forwarded-for`, which only a proxy that is trusted is believed. */
  readonly forwardedFor: string | string[] | undefined;
}

/**
 * Whom to count a request to: an IPv4 address, or the first half of an IPv6 address. Null: this very
 * machine, which is not counted, for it can do worse.
 */
export function networkAddress(
  { remoteAddress = '', forwardedFor }: Asked,
  proxies: TrustedProxies,
): string | null {
  if (!proxies.has(remoteAddress)) return counted(remoteAddress);
  const hops = [forwardedFor ?? []].flat().join(',').split(',');
  const outside = hops.map((hop) => hop.trim()).findLast((hop) => isIP(hop) && !proxies.has(hop));
  return counted(outside ?? remoteAddress);
}

function counted(address: string): string | null {
  return LOOPBACK.has(address) ? null : subscriberOf(address);
}

function subscriberOf(address: string): string {
  const plain = address.replace(MAPPED_IPV4, '');
  if (!isIPv6(plain)) return plain;
  return groupsOf(plain).slice(0, SUBSCRIBER_GROUPS).join(':');
}

/** The eight groups of an IPv6 address, its shortened zeros written out. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.replace(/%.*$/u, '').toLowerCase().split('::');
  const front = head.split(':').filter(Boolean);
  const back = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array.from({ length: zeros }, () => '0'), ...back].map((group) =>
    group.replace(/^0+(?=.)/u, ''),
  );
}
