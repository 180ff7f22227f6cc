import type { Person } from './person.ts';

/**
 * The people of every story. Codes differ in at least four bits; tones keep clear of each other and
 * of each other's overtones by more than 40 Hz.
 */
export const CAST = {
  ada: { name: 'Ada', initial: 'A', code: 0xa3, toneHz: 440, colour: [196, 84, 60] },
  ben: { name: 'Ben', initial: 'B', code: 0x5c, toneHz: 620, colour: [52, 116, 190] },
  cleo: { name: 'Cleo', initial: 'C', code: 0x3a, toneHz: 790, colour: [64, 142, 88] },
  dan: { name: 'Dan', initial: 'D', code: 0xc5, toneHz: 1010, colour: [140, 92, 176] },
} as const satisfies Record<string, Person>;
