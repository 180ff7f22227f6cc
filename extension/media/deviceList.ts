import type { Device, Devices } from './localMediaState.ts';

/** Cameras and microphones by name; before the first permission browsers keep the names back. */
export async function deviceList(): Promise<Devices> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const named = (kind: MediaDeviceKind): Device[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '')
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { camera: named('videoinput'), microphone: named('audioinput') };
}
