/**
 * One table of a FlatBuffers file (https://flatbuffers.dev/internals/): a list of optional fields,
 * which are found through the table's vtable. Fields are named by their number in the schema.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  static root(file: Uint8Array): FlatTable {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  byte(field: number, otherwise = 0): number {
    const at = this.#field(field);
    return at === null ? otherwise : this.#view.getInt8(at);
  }

  int(field: number, otherwise = 0): number {
    const at = this.#field(field);
    return at === null ? otherwise : this.#view.getInt32(at, true);
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  bytes(field: number): Uint8Array {
    const { length, start } = this.#vector(field);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + start, length);
  }

  ints(field: number): number[] {
    const { length, start } = this.#vector(field);
    return Array.from({ length }, (_, index) => this.#view.getInt32(start + 4 * index, true));
  }

  table(field: number): FlatTable | null {
    const at = this.#field(field);
    return at === null ? null : new FlatTable(this.#view, this.#follow(at));
  }

  tables(field: number): FlatTable[] {
    const { length, start } = this.#vector(field);
    return Array.from(
      { length },
      (_, index) => new FlatTable(this.#view, this.#follow(start + 4 * index)),
    );
  }

  /** Where this table begins in the file, bytes. */
  get address(): number {
    return this.#at;
  }

  /** Where a field's vector begins in the file, bytes. */
  vectorAddress(field: number): number {
    return this.#vector(field).start - 4;
  }

  #field(field: number): number | null {
    const vtable = this.#at - this.#view.getInt32(this.#at, true);
    const entry = 4 + 2 * field;
    if (entry >= this.#view.getUint16(vtable, true)) return null;
    const offset = this.#view.getUint16(vtable + entry, true);
    return offset === 0 ? null : this.#at + offset;
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }

  #vector(field: number): { length: number; start: number } {
    const at = this.#field(field);
    if (at === null) return { length: 0, start: 0 };
    const vector = this.#follow(at);
    return { length: this.#view.getUint32(vector, true), start: vector + 4 };
  }
}
