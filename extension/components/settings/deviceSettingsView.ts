import type { DeviceNotice, Devices, DeviceState } from '../../media/localMediaState.ts';

/** `failed`: the browser could not record or play. */
export type SoundTest = 'idle' | 'recording' | 'playing' | 'failed';

/** Own devices, as the green room and the settings of a call show them. */
export interface DeviceSettingsView {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  readonly devices: Devices;
  readonly canChooseSpeaker: boolean;
  /** Empty for the system's own choice. */
  readonly speakerId: string;
  readonly speakerNotice: DeviceNotice | null;
  readonly speakerTest: SoundTest;
  readonly microphoneTest: SoundTest;
}
