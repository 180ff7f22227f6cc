import { GraphModel, FLOAT, INT, ints, shapeOf, text, texts } from './graphModel.ts';
import { readTflite, type TfliteModel, type TfliteOperator } from './readTflite.ts';
import type { FlatTable } from './flatTable.ts';

/** What an operator's converter works with. */
interface Conversion {
  readonly graph: GraphModel;
  /** Name of the node to make, unless the operator needs several. */
  readonly name: string;
  readonly operator: TfliteOperator;
  readonly model: TfliteModel;
  /** The name of an operand that the network computes. */
  input(index: number): string;
  /** A constant operand in half floats. */
  weights(index: number): { readonly values: Uint16Array; readonly shape: readonly number[] };
}

/** BuiltinOperator numbers of the operators that this family of models is made of. */
const DEQUANTIZE = 6;
const CONVERTERS: Readonly<Record<number, (conversion: Conversion) => void>> = {
  0: addition,
  1: averagePool,
  3: convolution,
  4: depthwiseConvolution,
  14: ({ graph, name, input }) => graph.node(name, 'Sigmoid', [input(0)], { T: FLOAT }),
  18: ({ graph, name, input }) => graph.node(name, 'Mul', [input(0), input(1)], { T: FLOAT }),
  19: ({ graph, name, input }) => graph.node(name, 'Relu', [input(0)], { T: FLOAT }),
  23: resizeBilinear,
  32: transposedConvolution,
  40: mean,
  117: hardSwish,
};

const NHWC = text('NHWC');
const NO_PADDING_LIST = { list: {} };
/** ActivationFunctionType: 0 none, 1 relu, 3 relu6. */
const ACTIVATIONS: Readonly<Record<number, readonly string[]>> = {
  0: [],
  1: ['Relu'],
  3: ['Relu6'],
};

/**
 * Makes a TensorFlow.js graph model of MediaPipe's selfie segmentation network (TensorFlow Lite with
 * weights in half floats), for body-segmentation's `tfjs` runtime: that one reads the second of two
 * output channels, so the single channel is given twice.
 */
export function convertSelfieModel(file: Uint8Array): { model: string; weights: Uint8Array } {
  const model = readTflite(file);
  const graph = new GraphModel();
  const names = convertOperators(graph, model);
  const { shape } = tensor(model, model.input);
  const output = operand(names, model.output);
  const axis = graph.integers('axis', [3], []);
  graph.node('segmentation', 'ConcatV2', [output, output, axis], {
    T: FLOAT,
    Tidx: INT,
    N: { i: '2' },
  });
  const outputShape = [...tensor(model, model.output).shape.slice(0, 3), 2];
  return graph.files({
    inputs: { input: described('input', shape) },
    outputs: { segmentation: described('segmentation', outputShape) },
  });
}

function described(name: string, shape: readonly number[]) {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: shapeOf(shape) };
}

/** Returns what each computed tensor is called in the graph. */
function convertOperators(graph: GraphModel, model: TfliteModel): Map<number, string> {
  const { shape } = tensor(model, model.input);
  graph.node('input', 'Placeholder', [], { dtype: FLOAT, shape: { shape: shapeOf(shape) } });
  graph.float('three', 3);
  graph.float('sixth', 1 / 6);
  const names = new Map([[model.input, 'input']]);
  /** Half floats stay as they are: TensorFlow.js widens them when it loads the weights. */
  const widened = new Map<number, number>();
  for (const [index, operator] of model.operators.entries()) {
    if (operator.code === DEQUANTIZE) {
      widened.set(operator.output, operator.inputs[0] ?? -1);
      continue;
    }
    const convert = CONVERTERS[operator.code];
    if (convert === undefined) throw new Error(`Operator ${operator.code} has no converter.`);
    const name = `operator${index}`;
    convert({
      graph,
      name,
      operator,
      model,
      input: (at) => operand(names, operator.inputs[at] ?? -1),
      weights: (at) => halfFloats(model, widened.get(operator.inputs[at] ?? -1) ?? -1),
    });
    names.set(operator.output, name);
  }
  return names;
}

function operand(names: ReadonlyMap<number, string>, index: number): string {
  const name = names.get(index);
  if (name === undefined) throw new Error(`Tensor ${index} is used before it is computed.`);
  return name;
}

function tensor(model: TfliteModel, index: number) {
  const found = model.tensors[index];
  if (found === undefined) throw new Error(`There is no tensor ${index}.`);
  return found;
}

function halfFloats(model: TfliteModel, index: number) {
  const { data, shape } = tensor(model, index);
  return { values: new Uint16Array(data.slice().buffer), shape };
}

function integers(model: TfliteModel, index: number): number[] {
  return [...new Int32Array(tensor(model, index).data.slice().buffer)];
}

function activations(options: FlatTable | null, field: number): readonly string[] {
  const found = ACTIVATIONS[options?.byte(field) ?? 0];
  if (found === undefined) throw new Error('This activation has no converter.');
  return found;
}

/** Padding 0 is SAME, 1 is VALID. */
function padding(options: FlatTable | null) {
  return text((options?.byte(0) ?? 0) === 0 ? 'SAME' : 'VALID');
}

/** Attributes of both kinds of convolution; `from` is the number of their field after the strides. */
function convolutionAttributes(options: FlatTable | null, activationField: number) {
  const fused = ['BiasAdd', ...activations(options, activationField)];
  const [acrossField, downField] = [activationField + 1, activationField + 2];
  return {
    T: FLOAT,
    strides: ints([1, options?.int(2, 1) ?? 1, options?.int(1, 1) ?? 1, 1]),
    padding: padding(options),
    data_format: NHWC,
    dilations: ints([1, options?.int(downField, 1) ?? 1, options?.int(acrossField, 1) ?? 1, 1]),
    explicit_paddings: NO_PADDING_LIST,
    num_args: { i: '1' },
    epsilon: { f: 0 },
    fused_ops: texts(fused),
  };
}

function convolution({ graph, name, operator, input, weights }: Conversion): void {
  const filter = weights(1);
  const [outputs = 0, height = 0, width = 0, inputs = 0] = filter.shape;
  const values = new Uint16Array(filter.values.length);
  // TensorFlow Lite keeps the output channel first, TensorFlow.js last.
  for (let output = 0; output < outputs; output += 1)
    for (let rest = 0; rest < height * width * inputs; rest += 1)
      values[rest * outputs + output] = filter.values[output * height * width * inputs + rest] ?? 0;
  const bias = weights(2);
  const operands = [
    input(0),
    graph.halfFloats(`${name}Filter`, values, [height, width, inputs, outputs]),
    graph.halfFloats(`${name}Bias`, bias.values, bias.shape),
  ];
  graph.node(name, '_FusedConv2D', operands, convolutionAttributes(operator.options, 3));
}

function depthwiseConvolution({ graph, name, operator, input, weights }: Conversion): void {
  const filter = weights(1);
  const [, height = 0, width = 0, channels = 0] = filter.shape;
  const bias = weights(2);
  const operands = [
    input(0),
    graph.halfFloats(`${name}Filter`, filter.values, [height, width, channels, 1]),
    graph.halfFloats(`${name}Bias`, bias.values, bias.shape),
  ];
  const attributes = convolutionAttributes(operator.options, 4);
  graph.node(name, 'FusedDepthwiseConv2dNative', operands, attributes);
}

/** MediaPipe's own operator `Convolution2DTransposeBias`: padding, stride across, stride down. */
function transposedConvolution(conversion: Conversion): void {
  const { graph, name, operator, model, input, weights } = conversion;
  const options = new DataView(operator.customOptions.slice().buffer);
  const [isSame, across, down] = [0, 4, 8].map((at) => options.getInt32(at, true));
  const filter = weights(1);
  const [outputs = 0, height = 0, width = 0, inputs = 0] = filter.shape;
  const values = new Uint16Array(filter.values.length);
  for (let output = 0; output < outputs; output += 1)
    for (let place = 0; place < height * width; place += 1)
      for (let channel = 0; channel < inputs; channel += 1)
        values[(place * outputs + output) * inputs + channel] =
          filter.values[(output * height * width + place) * inputs + channel] ?? 0;
  const bias = weights(2);
  const operands = [
    graph.integers(`${name}Shape`, tensor(model, operator.output).shape),
    graph.halfFloats(`${name}Filter`, values, [height, width, outputs, inputs]),
    input(0),
  ];
  graph.node(`${name}Sum`, 'Conv2DBackpropInput', operands, {
    T: FLOAT,
    strides: ints([1, down ?? 1, across ?? 1, 1]),
    padding: text(isSame === 1 ? 'SAME' : 'VALID'),
    data_format: NHWC,
    dilations: ints([1, 1, 1, 1]),
    explicit_paddings: NO_PADDING_LIST,
  });
  const biasName = graph.halfFloats(`${name}Bias`, bias.values, bias.shape);
  graph.node(name, 'BiasAdd', [`${name}Sum`, biasName], { T: FLOAT, data_format: NHWC });
}

function addition({ graph, name, operator, input }: Conversion): void {
  const [activation] = activations(operator.options, 0);
  const sum = activation === undefined ? name : `${name}Sum`;
  graph.node(sum, 'AddV2', [input(0), input(1)], { T: FLOAT });
  if (activation !== undefined) graph.node(name, activation, [sum], { T: FLOAT });
}

function averagePool({ graph, name, operator: { options }, input }: Conversion): void {
  graph.node(name, 'AvgPool', [input(0)], {
    T: FLOAT,
    strides: ints([1, options?.int(2, 1) ?? 1, options?.int(1, 1) ?? 1, 1]),
    ksize: ints([1, options?.int(4, 1) ?? 1, options?.int(3, 1) ?? 1, 1]),
    padding: padding(options),
    data_format: NHWC,
  });
}

function mean({ graph, name, operator, model, input }: Conversion): void {
  const axes = graph.integers(`${name}Axes`, integers(model, operator.inputs[1] ?? -1));
  graph.node(name, 'Mean', [input(0), axes], {
    T: FLOAT,
    Tidx: INT,
    keep_dims: { b: operator.options?.byte(0) === 1 },
  });
}

function resizeBilinear({ graph, name, operator, model, input }: Conversion): void {
  const size = graph.integers(`${name}Size`, integers(model, operator.inputs[1] ?? -1));
  graph.node(name, 'ResizeBilinear', [input(0), size], {
    T: FLOAT,
    align_corners: { b: operator.options?.byte(2) === 1 },
    half_pixel_centers: { b: operator.options?.byte(3) === 1 },
  });
}

/** x · relu6(x + 3) / 6; TensorFlow.js has no operator of its own for it. */
function hardSwish({ graph, name, input }: Conversion): void {
  graph.node(`${name}Shifted`, 'AddV2', [input(0), 'three'], { T: FLOAT });
  graph.node(`${name}Clipped`, 'Relu6', [`${name}Shifted`], { T: FLOAT });
  graph.node(`${name}Gate`, 'Mul', [`${name}Clipped`, 'sixth'], { T: FLOAT });
  graph.node(name, 'Mul', [input(0), `${name}Gate`], { T: FLOAT });
}
