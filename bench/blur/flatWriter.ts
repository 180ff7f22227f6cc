/** What a FlatBuffers table holds, field by field; undefined ones are left out. */
export type FlatField =
  | { readonly byte: number }
  | { readonly int: number }
  | { readonly table: FlatFields }
  | { readonly tables: readonly (FlatFields | FlatAddress)[] }
  | { readonly bytes: Uint8Array }
  | { readonly floats: readonly number[] }
  | { readonly elsewhere: FlatAddress };
export type FlatFields = readonly (FlatField | undefined)[];

/** Something that lies in the file already. */
interface FlatAddress {
  readonly address: number;
}

/** FlatBuffers align their widest values to this; so does every table here. */
const ALIGNMENT = 16;

/** Writes FlatBuffers front to back (https://flatbuffers.dev/internals/). */
export class FlatWriter {
  readonly #view: DataView;
  readonly #file: Uint8Array;
  #end = 8;

  /** @param room bytes; more than what is written */
  constructor(room: number, identifier: string) {
    this.#file = new Uint8Array(room);
    this.#view = new DataView(this.#file.buffer);
    this.#file.set(Buffer.from(identifier, 'latin1'), 4);
  }

  /** Writes the root table and all below it; the file. */
  root(fields: FlatFields): Uint8Array {
    this.#view.setUint32(0, this.#table(fields), true);
    return this.#file.subarray(0, this.#end);
  }

  /** Every field takes four bytes: no table here is large enough for that to matter. */
  #table(fields: FlatFields): number {
    const vtable = this.#take(4 + 2 * fields.length);
    const at = this.#take(4 + 4 * fields.length);
    this.#view.setUint16(vtable, 4 + 2 * fields.length, true);
    this.#view.setUint16(vtable + 2, 4 + 4 * fields.length, true);
    this.#view.setInt32(at, at - vtable, true);
    for (const [index, field] of fields.entries()) {
      if (field === undefined) continue;
      this.#view.setUint16(vtable + 4 + 2 * index, 4 + 4 * index, true);
      this.#field(at + 4 + 4 * index, field);
    }
    return at;
  }

  #field(at: number, field: FlatField): void {
    if ('byte' in field) return this.#view.setUint8(at, field.byte);
    if ('int' in field) return this.#view.setInt32(at, field.int, true);
    if ('elsewhere' in field) return this.#point(at, field.elsewhere.address);
    if ('table' in field) return this.#point(at, this.#table(field.table));
    if ('bytes' in field) return this.#point(at, this.#bytes(field.bytes));
    if ('floats' in field) {
      const vector = this.#vector(field.floats.length);
      field.floats.forEach((value, index) =>
        this.#view.setFloat32(vector + 4 + 4 * index, value, true),
      );
      return this.#point(at, vector);
    }
    const vector = this.#vector(field.tables.length);
    for (const [index, table] of field.tables.entries())
      this.#point(vector + 4 + 4 * index, 'address' in table ? table.address : this.#table(table));
    return this.#point(at, vector);
  }

  #bytes(bytes: Uint8Array): number {
    // The values, and not their count before them, have to be aligned.
    this.#end += ALIGNMENT - 4 - (this.#end % ALIGNMENT);
    const vector = this.#end;
    this.#end += 4 + bytes.length;
    this.#view.setUint32(vector, bytes.length, true);
    this.#file.set(bytes, vector + 4);
    return vector;
  }

  #vector(length: number): number {
    const vector = this.#take(4 + 4 * length);
    this.#view.setUint32(vector, length, true);
    return vector;
  }

  #point(from: number, to: number): void {
    this.#view.setUint32(from, to - from, true);
  }

  #take(bytes: number): number {
    const at = Math.ceil(this.#end / ALIGNMENT) * ALIGNMENT;
    this.#end = at + bytes;
    return at;
  }
}
