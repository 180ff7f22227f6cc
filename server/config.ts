import * as v from 'valibot';
import { fail, ok, type Result } from '../shared/result.ts';
import { contradictions } from './config/contradictions.ts';
import { likelyTypos } from './config/likelyTypos.ts';
import type { Variable } from './config/variable.ts';
import { VARIABLES, type Config } from './config/variables.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The frozen configuration, or one sentence for each mistake. */
export function readConfig(environment: Environment): Result<Config, readonly string[]> {
  const known = Object.values(VARIABLES).map(({ name }) => name);
  const mistakes = [...likelyTypos(Object.keys(environment), known)];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const read = readVariable(variable, environment);
    if (read.ok) values[name] = read.value;
    else mistakes.push(read.error);
  }
  if (mistakes.length > 0) return fail(mistakes);
  const config = Object.freeze(values) as Config;
  const contrary = contradictions(config);
  return contrary.length > 0 ? fail(contrary) : ok(config);
}

function readVariable(
  { name, fallback, field }: Variable<unknown>,
  environment: Environment,
): Result<unknown, string> {
  if (environment[name] === '') return fail(`${name} must not be empty: set it or leave it out.`);
  const text = environment[name] ?? fallback;
  if (text === null) return ok(null);
  const parsed = v.safeParse(field, text);
  return parsed.success ? ok(parsed.output) : fail(parsed.issues[0].message);
}
