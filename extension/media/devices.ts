import type { Device, Devices } from './localMediaState.ts';
import type { MediaWorld } from './mediaWorld.ts';

/** Chromium lists the headset that Windows keeps for calls a second time under this id. */
const DOUBLE = 'communications';

/**
 * Cameras, microphones and speakers that can be asked for. Before the first permission browsers list
 * one device of each kind without id and name, or all of them so (Firefox): those are left out.
 */
export async function listDevices(world: MediaWorld): Promise<Devices> {
  const all = (await world.devices?.enumerateDevices()) ?? [];
  const named = (kind: MediaDeviceKind): Device[] =>
    all
      .filter((one) => one.kind === kind && one.deviceId !== '' && one.deviceId !== DOUBLE)
      .map(({ deviceId, label, groupId }) => ({ id: deviceId, label, group: groupId }));
  return {
    camera: named('videoinput'),
    microphone: named('audioinput'),
    speaker: named('audiooutput'),
  };
}
