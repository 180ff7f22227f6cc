import { expect, it } from 'vitest';
import { ADDRESS_PRIVACY, relayRule } from './relayRule.ts';

const EVENT_LEAVES_IT = { eventDemands: false, relayConfigured: true };
const NO_RELAY = { eventDemands: false, relayConfigured: false };

it.each([
  ['whenPossible', 'whenPossible', 'relayed', 'direct'],
  ['whenPossible', 'never', 'relayed', 'direct'],
  ['never', 'never', 'direct', 'direct'],
  ['always', 'never', 'relayed', 'notPossible'],
  ['always', 'whenPossible', 'relayed', 'notPossible'],
  ['always', 'always', 'relayed', 'notPossible'],
] as const)('SN7: %s and %s: %s, and %s without a relay', (one, other, withRelay, without) => {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    expect(relayRule(first, second, EVENT_LEAVES_IT)).toBe(withRelay);
    expect(relayRule(first, second, NO_RELAY)).toBe(without);
  }
});

it('SN7: an event that demands it is asked for by nobody and refused by nobody', () => {
  for (const one of ADDRESS_PRIVACY)
    for (const other of ADDRESS_PRIVACY) {
      const demands = { eventDemands: true };
      expect(relayRule(one, other, { ...demands, relayConfigured: true })).toBe('relayed');
      expect(relayRule(one, other, { ...demands, relayConfigured: false })).toBe('notPossible');
    }
});
