import { expect, it } from 'vitest';
import { PARSERS } from './parserFuzz.ts';

/** All parsers together read 100,000 inputs at least. */
const INPUTS_EACH = Math.ceil(100_000 / PARSERS.length);

it('AT17: the schemas of the protocol are among the parsers', () => {
  const names = PARSERS.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['ClientMessageSchema', 'JoinRequestSchema']));
  expect(names.length).toBeGreaterThan(30);
});

it.each(PARSERS)('AT17: $name never throw, and accept what they print', ({ run }) => {
  run(INPUTS_EACH);
});
