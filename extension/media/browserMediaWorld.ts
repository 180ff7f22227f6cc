import { assertNever } from '../../shared/assertNever.ts';
import type { DeviceKind } from './mediaProblem.ts';
import type { MediaWorld } from './mediaWorld.ts';
import { neutralPicture, silence } from './neutralTracks.ts';
import { watchVolume } from './volumeMeter.ts';

/** The browser as it is. */
export const browserMediaWorld: MediaWorld = {
  // The types promise devices everywhere; a frame on a plain http page has none.
  devices: (navigator as Partial<Navigator>).mediaDevices ?? null,
  permission: async (name) => {
    try {
      return await navigator.permissions.query({ name });
    } catch {
      return null;
    }
  },
  emptyStream: () => new MediaStream(),
  neutral,
  watchVolume,
};

function neutral(kind: DeviceKind, signal: AbortSignal): MediaStreamTrack {
  switch (kind) {
    case 'camera':
      return neutralPicture(signal);
    case 'microphone':
      return silence(signal);
    default:
      return assertNever(kind);
  }
}
