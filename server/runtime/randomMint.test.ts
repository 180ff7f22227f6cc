import { expect, it } from 'vitest';
import { randomMint } from './randomMint.ts';

/** More than are made of one filling of the pool. */
const MANY = 1_000;

it('LB4: ids and tokens are as long as promised, and none comes twice', () => {
  const made = Array.from({ length: MANY }, () => [
    randomMint.eventId(),
    randomMint.id(),
    randomMint.token(),
  ]);
  for (const [eventId, id, token] of made) {
    expect(eventId).toMatch(/^[0-9a-f]{24}$/);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(token).toMatch(/^[\w-]{32}$/);
  }
  expect(new Set(made.flat()).size).toBe(3 * MANY);
});
