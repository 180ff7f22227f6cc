import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import { brokerPlace } from './brokerPlace.ts';

it.each([
  ['http://127.0.0.1:8787/broker/', '127.0.0.1', 8787, '/broker/', false],
  ['https://foyer.example/broker', 'foyer.example', 443, '/broker/', true],
  ['http://foyer.example/', 'foyer.example', 80, '/', false],
])('PL1: %s in the pieces that PeerJS wants', (url, host, port, path, secure) => {
  expect(brokerPlace(url)).toEqual({ host, port, path, secure });
});

it('LK12: pauses double up to 5 s and are never all alike', () => {
  expect([1, 2, 3].map((attempt) => backoffMs(attempt, 1))).toEqual([250, 500, 1_000]);
  expect(backoffMs(20, 1)).toBe(5_000);
  expect(backoffMs(20, 0)).toBe(2_500);
});
