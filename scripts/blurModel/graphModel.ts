/** Builds TensorFlow.js's graph-model format: `model.json` and one file of weights. */

type Attribute = Readonly<Record<string, unknown>>;

interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Readonly<Record<string, Attribute>>;
}

interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  readonly quantization?: { readonly dtype: 'float16' };
}

export const FLOAT: Attribute = { type: 'DT_FLOAT' };
export const INT: Attribute = { type: 'DT_INT32' };

/** Attributes as TensorFlow's protocol buffers write them in JSON; texts are base64 there. */
export const text = (value: string): Attribute => ({ s: base64(value) });
export const texts = (values: readonly string[]): Attribute => ({
  list: { s: values.map(base64) },
});
export const ints = (values: readonly number[]): Attribute => ({ list: { i: values.map(String) } });
export const shapeOf = (shape: readonly number[]): { dim: { size: string }[] } => ({
  dim: shape.map((size) => ({ size: String(size) })),
});

export class GraphModel {
  readonly #nodes: GraphNode[] = [];
  readonly #weights: WeightEntry[] = [];
  readonly #chunks: Uint8Array[] = [];

  /** Adds an operation; returns its name, which is what it is called as an input. */
  node(
    name: string,
    op: string,
    input: readonly string[],
    attr: Readonly<Record<string, Attribute>>,
  ): string {
    this.#nodes.push({ name, op, ...(input.length > 0 ? { input } : {}), attr });
    return name;
  }

  halfFloats(name: string, values: Uint16Array, shape: readonly number[]): string {
    return this.#constant(values, FLOAT, {
      name,
      shape,
      dtype: 'float32',
      quantization: { dtype: 'float16' },
    });
  }

  float(name: string, value: number): string {
    return this.#constant(Float32Array.of(value), FLOAT, { name, shape: [], dtype: 'float32' });
  }

  integers(name: string, values: readonly number[], shape = [values.length]): string {
    return this.#constant(Int32Array.from(values), INT, { name, shape, dtype: 'int32' });
  }

  /** The two files; `model.json` names the other one as `weights.bin`. */
  files(signature: object): { model: string; weights: Uint8Array } {
    const model = {
      format: 'graph-model',
      signature,
      modelTopology: { node: this.#nodes, library: {}, versions: { producer: 27 } },
      weightsManifest: [{ paths: ['weights.bin'], weights: this.#weights }],
    };
    return { model: JSON.stringify(model), weights: Buffer.concat(this.#chunks) };
  }

  #constant(values: Uint16Array | Float32Array | Int32Array, dtype: Attribute, entry: WeightEntry) {
    const value = { tensor: { dtype: dtype['type'], tensorShape: shapeOf(entry.shape) } };
    this.node(entry.name, 'Const', [], { dtype, value });
    this.#weights.push(entry);
    this.#chunks.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return entry.name;
  }
}

function base64(value: string): string {
  return Buffer.from(value).toString('base64');
}
