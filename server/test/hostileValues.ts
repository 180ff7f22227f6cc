import fc from 'fast-check';

/** What a program trips over that trusts its input. */
const TRAPS: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 0.1, 1e308, 2 ** 53, -(2 ** 63)],
  ...['', ' ', '0', '\0', '\ufeff', '\ud800', '\udc00x', '\u202e', 'é', '__proto__', '\u2028'],
  ...['x'.repeat(200), '9'.repeat(400), '%00', '../../x', '${7*7}', "'--", '[object Object]'],
  ...[[], {}, [[]], [null], { length: -1 }, { toString: 1 }, { then: {} }, { toJSON: 1 }],
  JSON.parse('{"__proto__":{"admin":true}}'),
  JSON.parse('{"constructor":{"prototype":{"admin":true}}}'),
  JSON.parse('['.repeat(500) + ']'.repeat(500)),
  JSON.parse('{"a":'.repeat(500) + '1' + '}'.repeat(500)),
];

const ODD_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'type',
  'kind',
  '',
  '0',
];

export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TRAPS) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Where and how one value is spoilt; which of its places `at` means is known only with the value. */
interface Spoiling {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'add' | 'repeat';
  readonly key: string;
  readonly value: unknown;
}

export const spoilings: fc.Arbitrary<Spoiling> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'add', 'repeat'),
  key: fc.constantFrom(...ODD_KEYS),
  value: hostileValues,
});

type Holder = Record<string, unknown>;

/** The value with one place of it replaced, removed, added or repeated. */
export function spoil(value: unknown, { at, how, key, value: trap }: Spoiling): unknown {
  const copy: { root: unknown } = { root: structuredClone(value) };
  const places = placesIn(copy as Holder);
  const place = places[at % places.length];
  if (place === undefined) return trap;
  const { holder, name } = place;
  const found = holder[name];
  if (how === 'replace') holder[name] = trap;
  if (how === 'remove') Reflect.deleteProperty(holder, name);
  if (how === 'repeat') holder[name] = Array.from({ length: 40 }, () => found);
  if (how === 'add' && typeof found === 'object' && found !== null) {
    Object.defineProperty(found, key, { value: trap, enumerable: true, configurable: true });
  }
  return copy.root ?? null;
}

function placesIn(holder: Holder): { holder: Holder; name: string }[] {
  return Object.keys(holder).flatMap((name) => {
    const value = holder[name];
    const inside = typeof value === 'object' && value !== null ? placesIn(value as Holder) : [];
    return [{ holder, name }, ...inside];
  });
}
