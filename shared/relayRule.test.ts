import { expect, it } from 'vitest';
import { AddressPrivacyField } from './protocol/wishes.ts';
import { relayRule } from './relayRule.ts';

const RELAY = { required: false, available: true };
const NO_RELAY = { required: false, available: false };

it.each([
  ['whenPossible', 'whenPossible', 'relay', 'direct'],
  ['whenPossible', 'never', 'relay', 'direct'],
  ['never', 'never', 'direct', 'direct'],
  ['always', 'never', 'relay', 'notPossible'],
  ['always', 'whenPossible', 'relay', 'notPossible'],
  ['always', 'always', 'relay', 'notPossible'],
] as const)('SN7: %s and %s: %s, and %s without a relay', (one, other, withRelay, without) => {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    expect(relayRule(first, second, RELAY)).toBe(withRelay);
    expect(relayRule(first, second, NO_RELAY)).toBe(without);
  }
});

it('SN7: what an event demands holds for everybody, whatever they wish', () => {
  for (const one of AddressPrivacyField.options)
    for (const other of AddressPrivacyField.options) {
      expect(relayRule(one, other, { required: true, available: true })).toBe('relay');
      expect(relayRule(one, other, { required: true, available: false })).toBe('notPossible');
    }
});
