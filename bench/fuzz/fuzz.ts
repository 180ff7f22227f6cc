import { PARSERS } from '../../server/test/parserFuzz.ts';
import type { Figures } from '../figures.ts';

/** Inputs for all parsers together. */
const INPUTS = 1_000_000;

export async function fuzz(): Promise<Figures> {
  return { ...fuzzParsers() };
}

function fuzzParsers() {
  const each = Math.ceil(INPUTS / PARSERS.length);
  let crashes = 0;
  for (const { name, run } of PARSERS) {
    try {
      run(each);
    } catch (error) {
      crashes += 1;
      console.log(`${name}: ${String(error)}`);
    }
  }
  console.log(`${each} inputs for each of ${PARSERS.length} parsers, ${crashes} of them broke`);
  return { inputs: each * PARSERS.length, crashes };
}
