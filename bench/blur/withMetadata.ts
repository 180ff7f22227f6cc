import { FlatTable } from '../../scripts/blurModel/flatTable.ts';
import { FlatWriter, type FlatFields } from './flatWriter.ts';

/** Room in front of the file for what is added. */
const ROOM = 4_096;

/** Fields of the model's root table in tensorflow/lite/schema/schema.fbs. */
const VERSION = 3;
const ROOT = { operatorCodes: 1, subgraphs: 2, buffers: 4 };

/**
 * The same TensorFlow Lite network with the description that MediaPipe's tasks insist on: its input
 * is an RGB image with values from 0 to 1. LiveKit's own copy differs from the npm package's in
 * nothing else. All offsets in the file are relative, so a new root table can be put in front of it.
 */
export function withMetadata(network: Uint8Array): Uint8Array {
  const old = FlatTable.root(network);
  const elsewhere = (field: number) => ({
    elsewhere: { address: ROOM + old.vectorAddress(field) },
  });
  const buffers = old.tables(ROOT.buffers).map(({ address }) => ({ address: ROOM + address }));
  const root: FlatFields = [
    { int: VERSION },
    elsewhere(ROOT.operatorCodes),
    elsewhere(ROOT.subgraphs),
    undefined,
    { tables: [...buffers, [{ bytes: description() }]] },
    undefined,
    { tables: [[{ bytes: Buffer.from('TFLITE_METADATA') }, { int: buffers.length }]] },
  ];
  const front = new FlatWriter(ROOM, 'TFL3').root(root);
  const file = new Uint8Array(ROOM + network.length);
  file.set(front);
  file.set(network, ROOM);
  return file;
}

/** A ModelMetadata of tensorflow/lite/support/metadata/metadata_schema.fbs. */
function description(): Uint8Array {
  const RGB = 1;
  const imageProperties = { type: 2, value: [{ byte: RGB }] };
  const normalization = { type: 1, value: [{ floats: [0] }, { floats: [1] }] };
  const union = ({ type, value }: { type: number; value: FlatFields }): FlatFields => [
    { byte: type },
    { table: value },
  ];
  const input: FlatFields = [
    { bytes: Buffer.from('input') },
    undefined,
    undefined,
    { table: union(imageProperties) },
    { tables: [union(normalization)] },
  ];
  const output: FlatFields = [{ bytes: Buffer.from('mask') }];
  const subgraph: FlatFields = [undefined, undefined, { tables: [input] }, { tables: [output] }];
  const model: FlatFields = [undefined, undefined, undefined, { tables: [subgraph] }];
  return new FlatWriter(ROOM, 'M001').root(model).slice();
}
