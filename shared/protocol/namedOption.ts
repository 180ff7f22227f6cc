import type * as v from 'valibot';

type Schema = v.GenericSchema<unknown, unknown>;

/** Of a valibot schema, as far as it stands in the object; only a variant has all of it. */
interface VariantParts {
  readonly type: string;
  readonly key?: string;
  readonly options?: readonly Schema[];
  /** What is asked for beyond the variant itself. */
  readonly pipe?: unknown;
}

interface OptionParts {
  readonly entries?: Readonly<
    Record<string, { readonly type: string; readonly literal?: unknown }>
  >;
}

type Named = ReadonlyMap<unknown, Schema>;

const NONE: Named = new Map();
const known = new WeakMap<Schema, Named>();

/**
 * Of a variant the one option that `value` names by its key, where there is exactly one: it accepts
 * and refuses the same, with the same reason. Left alone, valibot tries one option after the other,
 * which takes longer than everything else that is done with most frames.
 */
export function namedOption(schema: Schema, value: unknown): Schema {
  const { type, key, pipe } = schema as VariantParts;
  if (type !== 'variant' || key === undefined || pipe !== undefined) return schema;
  if (typeof value !== 'object' || value === null) return schema;
  const named = known.get(schema) ?? remember(schema, key);
  return named.get((value as Readonly<Record<string, unknown>>)[key]) ?? schema;
}

function remember(schema: Schema, key: string): Named {
  const options = (schema as VariantParts).options ?? [];
  const names = options.map((option) => nameOf(option, key));
  // An option without one name of its own could be meant by any value.
  const named =
    names.includes(undefined) || new Set(names).size < names.length ? NONE : toMap(names, options);
  known.set(schema, named);
  return named;
}

function toMap(names: readonly unknown[], options: readonly Schema[]): Named {
  return new Map(options.map((option, place) => [names[place], option]));
}

function nameOf(option: Schema, key: string): unknown {
  const field = (option as OptionParts).entries?.[key];
  return field?.type === 'literal' ? field.literal : undefined;
}
