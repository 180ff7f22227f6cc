import { FlatTable } from './flatTable.ts';

interface TfliteTensor {
  readonly shape: readonly number[];
  /** The constant's bytes; empty for what the network computes. */
  readonly data: Uint8Array;
}

export interface TfliteOperator {
  /** BuiltinOperator of TensorFlow Lite's schema; 32 is a custom one. */
  readonly code: number;
  /** Numbers of tensors. */
  readonly inputs: readonly number[];
  readonly output: number;
  readonly options: FlatTable | null;
  readonly customOptions: Uint8Array;
}

export interface TfliteModel {
  readonly tensors: readonly TfliteTensor[];
  /** In the order of execution. */
  readonly operators: readonly TfliteOperator[];
  readonly input: number;
  readonly output: number;
}

/** Fields of tensorflow/lite/schema/schema.fbs that are read here. */
const MODEL = { operatorCodes: 1, subgraphs: 2, buffers: 4 };
const OPERATOR_CODE = { deprecatedCode: 0, code: 3 };
const SUBGRAPH = { tensors: 0, inputs: 1, outputs: 2, operators: 3 };
const TENSOR = { shape: 0, buffer: 2 };
const OPERATOR = { code: 0, inputs: 1, outputs: 2, options: 4, customOptions: 5 };
const BUFFER = { data: 0 };

/** Reads the one subgraph of a TensorFlow Lite file with one input and one output. */
export function readTflite(file: Uint8Array): TfliteModel {
  const model = FlatTable.root(file);
  const buffers = model.tables(MODEL.buffers).map((buffer) => buffer.bytes(BUFFER.data));
  const codes = model
    .tables(MODEL.operatorCodes)
    .map((code) => Math.max(code.byte(OPERATOR_CODE.deprecatedCode), code.int(OPERATOR_CODE.code)));
  const graph = model.tables(MODEL.subgraphs)[0];
  if (graph === undefined) throw new Error('This file holds no network.');
  return {
    tensors: graph.tables(SUBGRAPH.tensors).map((tensor) => ({
      shape: tensor.ints(TENSOR.shape),
      data: buffers[tensor.int(TENSOR.buffer)] ?? new Uint8Array(),
    })),
    operators: graph.tables(SUBGRAPH.operators).map((operator) => ({
      code: codes[operator.int(OPERATOR.code)] ?? -1,
      inputs: operator.ints(OPERATOR.inputs),
      output: only(operator.ints(OPERATOR.outputs)),
      options: operator.table(OPERATOR.options),
      customOptions: operator.bytes(OPERATOR.customOptions),
    })),
    input: only(graph.ints(SUBGRAPH.inputs)),
    output: only(graph.ints(SUBGRAPH.outputs)),
  };
}

function only(values: readonly number[]): number {
  const [value] = values;
  if (value === undefined || values.length !== 1) throw new Error('One tensor is expected here.');
  return value;
}
