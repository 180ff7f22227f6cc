import fc from 'fast-check';

/** The parts of a valibot schema that say what it accepts, as they stand in the object. */
interface SchemaParts {
  readonly type: string;
  readonly pipe?: readonly ActionParts[];
  readonly entries?: Readonly<Record<string, SchemaParts>>;
  readonly items?: readonly SchemaParts[];
  readonly item?: SchemaParts;
  readonly wrapped?: SchemaParts;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

interface ActionParts {
  readonly type: string;
  readonly requirement?: unknown;
  /** A schema that was made of a pipe itself may begin another. */
  readonly pipe?: readonly ActionParts[];
}

type Values = fc.Arbitrary<unknown>;

/** Generated lists stay short: what is long is the job of the mutations. */
const LONGEST_LIST = 4;
const LONGEST_TEXT = 40;
/** Years of four digits. */
const [FIRST_DAY, LAST_DAY] = [new Date('0001-01-01'), new Date('9999-12-31')];

/** Values that a schema accepts, most of the time: what `check` and `transform` ask for is not known. */
export function valuesOf(schema: unknown): Values {
  const parts = schema as SchemaParts;
  switch (parts.type) {
    case 'string':
      return textsOf(parts.pipe ?? []);
    case 'number':
      return numbersOf(parts.pipe ?? []);
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constant(parts.literal);
    case 'picklist':
      return fc.constantFrom(...(parts.options ?? []));
    case 'array':
      return fc.array(valuesOf(parts.item), { maxLength: LONGEST_LIST });
    case 'tuple':
    case 'strict_tuple':
      return fc.tuple(...(parts.items ?? []).map(valuesOf));
    case 'object':
    case 'strict_object':
      return objectsOf(parts.entries ?? {});
    case 'variant':
    case 'union':
      return fc.oneof(...(parts.options ?? []).map(valuesOf));
    case 'nullable':
    case 'nullish':
      return fc.option(valuesOf(parts.wrapped));
    case 'optional':
      return valuesOf(parts.wrapped);
    case 'record':
      return fc.dictionary(fc.string(), fc.jsonValue());
    default:
      throw new Error(`How to make values of a schema of type ${parts.type} is not known yet.`);
  }
}

function objectsOf(entries: Readonly<Record<string, SchemaParts>>): Values {
  const names = Object.keys(entries);
  const mayLack = new Set(['optional', 'nullish']);
  const values = Object.fromEntries(names.map((name) => [name, valuesOf(entries[name])]));
  const requiredKeys = names.filter((name) => !mayLack.has(entries[name]?.type ?? ''));
  return fc.record(values, { requiredKeys, noNullPrototype: true });
}

function textsOf(actions: readonly ActionParts[]): Values {
  const asked = requirementsOf(actions);
  if (asked['regex'] instanceof RegExp) return fc.stringMatching(asked['regex']);
  if ('iso_timestamp' in asked) {
    return fc
      .date({ min: FIRST_DAY, max: LAST_DAY, noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  const minLength = Number(asked['min_length'] ?? 0);
  const maxLength = Math.max(minLength, Math.min(LONGEST_TEXT, Number(asked['max_length'] ?? 40)));
  return fc.oneof(
    fc.string({ minLength, maxLength }),
    fc.string({ minLength, maxLength, unit: 'binary' }),
    fc.webUrl(),
  );
}

function numbersOf(actions: readonly ActionParts[]): Values {
  const asked = requirementsOf(actions);
  const min = Number(asked['min_value'] ?? -1_000);
  const max = Number(asked['max_value'] ?? Number.MAX_SAFE_INTEGER);
  return 'integer' in asked
    ? fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31) })
    : fc.double({ min, max, noNaN: true });
}

function requirementsOf(actions: readonly ActionParts[]): Record<string, unknown> {
  return Object.fromEntries(
    actions.flatMap(({ type, requirement, pipe }) => [
      [type, requirement],
      ...Object.entries(pipe === undefined || pipe === actions ? {} : requirementsOf(pipe)),
    ]),
  );
}
