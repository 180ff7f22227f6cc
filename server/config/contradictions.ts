import type { Config } from './variables.ts';

/** A sentence for what cannot hold together, or null. */
type Rule = (config: Config) => string | null;

const RULES: readonly Rule[] = [];

/** One sentence for each pair of settings that cannot both be meant. */
export function contradictions(config: Config): readonly string[] {
  return RULES.map((rule) => rule(config)).filter((sentence) => sentence !== null);
}
