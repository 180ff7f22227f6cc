import type { KeptDevice } from './items.ts';
import { cameraDevice, microphoneDevice, speakerDevice } from './items.ts';

type Kind = 'camera' | 'microphone' | 'speaker';

/** Remembers the chosen devices by id, name and box: ids change with every load of a frame. */
export const deviceMemory = {
  recall: (kind: Kind): Promise<KeptDevice | null> => ITEMS[kind].getValue(),
  keep: (kind: Kind, device: KeptDevice): Promise<void> => ITEMS[kind].setValue(device),
};

const ITEMS = {
  camera: cameraDevice,
  microphone: microphoneDevice,
  speaker: speakerDevice,
};
