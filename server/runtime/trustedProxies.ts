import { BlockList, isIP, isIPv6 } from 'node:net';

const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/iu;
/** The longest prefix of each family, in bits. */
const LONGEST = { ipv4: 32, ipv6: 128 };
const LOOPBACK = ['127.0.0.0/8', '::1'];

/** The machines whose word on who asks is believed. */
export class TrustedProxies {
  readonly #list = new BlockList();

  /** `places` are addresses, networks such as 10.0.0.0/8, or the word loopback. */
  constructor(places: readonly string[]) {
    for (const place of places.flatMap((each) => (each === 'loopback' ? LOOPBACK : [each]))) {
      const [address = '', bits] = place.split('/');
      const family = familyOf(address);
      if (bits === undefined) this.#list.addAddress(address, family);
      else this.#list.addSubnet(address, Number(bits), family);
    }
  }

  /** Whether a place is written as the constructor wants it. */
  static isPlace(place: string): boolean {
    if (place === 'loopback') return true;
    const [address = '', bits, ...more] = place.split('/');
    if (isIP(address) === 0 || more.length > 0) return false;
    return (
      bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= LONGEST[familyOf(address)])
    );
  }

  readonly has = (address: string): boolean => {
    const plain = address.replace(MAPPED_IPV4, '');
    return isIP(plain) !== 0 && this.#list.check(plain, familyOf(plain));
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
