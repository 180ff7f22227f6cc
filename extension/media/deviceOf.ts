import type { Device } from './localMediaState.ts';

/** The device that a camera's or microphone's track comes from. */
export function deviceOf(track: MediaStreamTrack): Device {
  const { deviceId = '', groupId = '' } = track.getSettings();
  return { id: deviceId, label: track.label, group: groupId };
}
