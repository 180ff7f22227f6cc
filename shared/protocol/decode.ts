import * as v from 'valibot';
import { fail, ok, type Result } from '../result.ts';
import { namedOption } from './namedOption.ts';

/** Why bytes from outside were refused: where in the value, and what was expected there. */
export interface DecodeError {
  readonly reason: 'notJson' | 'wrongShape';
  /** A sentence for a log or a 400 answer; it never quotes the value itself. */
  readonly detail: string;
}

type Schema = v.GenericSchema<unknown, unknown>;

/** Checks a value from outside against its schema. */
export function decode<S extends Schema>(
  schema: S,
  value: unknown,
): Result<v.InferOutput<S>, DecodeError> {
  const parsed = v.safeParse(namedOption(schema, value), value, { abortEarly: true });
  if (parsed.success) return ok(parsed.output as v.InferOutput<S>);
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue) ?? 'value';
  return fail({
    reason: 'wrongShape',
    detail: `${path}: expected ${issue.expected ?? issue.message}`,
  });
}

/** Checks a text frame from outside: JSON of the schema's shape. */
export function decodeJson<S extends Schema>(
  schema: S,
  text: string,
): Result<v.InferOutput<S>, DecodeError> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({ reason: 'notJson', detail: 'value: expected JSON' });
  }
  return decode(schema, value);
}
