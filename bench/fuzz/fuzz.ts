import { fuzzSeed } from '../../server/domain/lobby/fuzzSeed.ts';
import { PARSERS } from '../../server/test/parserFuzz.ts';
import type { Figures } from '../figures.ts';

/** For all parsers together. */
const INPUTS = 1_000_000;
/** Stories of a lobby, beyond those of the tests, which are the first. */
const SEEDS = 20_000;

/** Ten times what the tests do: every parser of bytes from outside, and the lobby against its model. */
export async function fuzz(): Promise<Figures> {
  return { ...fuzzParsers(), ...fuzzLobby() };
}

function fuzzParsers() {
  const each = Math.ceil(INPUTS / PARSERS.length);
  const crashes = failures(PARSERS, ({ name, run }) => {
    console.error(`${each} inputs for ${name} …`);
    run(each);
  });
  return { inputs: each * PARSERS.length, crashes };
}

function fuzzLobby() {
  console.error(`${SEEDS} stories of a lobby …`);
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);
  return { seeds: SEEDS, violations: failures(seeds, fuzzSeed) };
}

/** How many of them throw; each says why. */
function failures<T>(all: readonly T[], run: (one: T) => void): number {
  return all.filter((one) => {
    try {
      run(one);
      return false;
    } catch (error) {
      console.error(typeof one === 'number' ? `seed ${one}:` : '', String(error));
      return true;
    }
  }).length;
}
