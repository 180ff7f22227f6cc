import { isIPv4, isIPv6 } from 'node:net';

/** Enough of an IPv6 address to ask whether it is one; a certificate's fingerprint is too long for it. */
const MAYBE_IPV6 = /[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*/giu;
const MAYBE_IPV4 = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/gu;
/** What a browser says in the place of an address of its own network (RFC draft "mdns-ice-candidates"). */
const MDNS = /[0-9a-z-]+\.local\b/giu;

/** Every network address in a text: descriptions, candidates, statistics as JSON. Each once, sorted. */
export function addressesIn(text: string): string[] {
  const found = [
    ...(text.match(MAYBE_IPV4) ?? []).filter((one) => isIPv4(one)),
    ...(text.match(MAYBE_IPV6) ?? []).map(withoutEnds).filter((one) => isIPv6(one)),
    ...(text.match(MDNS) ?? []),
  ];
  return [...new Set(found.map((one) => one.toLowerCase()))].toSorted();
}

/** `a=x:2001:db8::1` and `"2001:db8::1":` leave single colons at the ends. */
function withoutEnds(text: string): string {
  return text.replace(/^:(?!:)/u, '').replace(/(?<!:):$|\.$/u, '');
}
