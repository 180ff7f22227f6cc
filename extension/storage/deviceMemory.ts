import { cameraLabel, microphoneLabel } from './items.ts';

/** Remembers the chosen camera and microphone by name: ids change with every load of a frame. */
export const deviceMemory = {
  recall: (kind: 'camera' | 'microphone'): Promise<string> => itemOf(kind).getValue(),
  keep: (kind: 'camera' | 'microphone', label: string): Promise<void> =>
    itemOf(kind).setValue(label),
};

function itemOf(kind: 'camera' | 'microphone') {
  return kind === 'camera' ? cameraLabel : microphoneLabel;
}
