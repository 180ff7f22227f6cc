import type * as v from 'valibot';

/** One variable of the environment: how its text is read, and what is told about it. */
export interface Variable<Value> {
  readonly name: string;
  /** The text that stands for it where it is not set; null: its value is null then. */
  readonly fallback: string | null;
  /** Each mistake's message is a sentence that names the variable and shows a right value. */
  readonly field: v.GenericSchema<string, Value>;
  /** For --help: what it is for, in half a line. */
  readonly meaning: string;
  /** For --print-config, where the text holds a secret: the text without it. */
  readonly mask?: (text: string) => string;
}

type Described<Value> = Omit<Variable<Value>, 'name' | 'fallback'>;

/** One that always has a value. */
export function variable<Value>(
  name: string,
  parts: Described<Value> & { readonly fallback: string },
): Variable<Value> {
  return { name, ...parts };
}

/** One whose value is null where it is not set. */
export function optionalVariable<Value>(
  name: string,
  parts: Described<Value>,
): Variable<Value | null> {
  return { name, fallback: null, ...parts } as Variable<Value | null>;
}
