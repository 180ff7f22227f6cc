import type { DeviceKind, MediaProblem } from './mediaProblem.ts';

export interface Device {
  readonly id: string;
  readonly label: string;
}

export type Devices = Readonly<Record<DeviceKind, readonly Device[]>>;

/** One device as the person sees it. */
export type DeviceState =
  | { readonly at: 'closed' }
  | { readonly at: 'opening' }
  /** `on`: what it picks up leaves this machine. */
  | { readonly at: 'open'; readonly on: boolean; readonly device: Device }
  | { readonly at: 'failed'; readonly problem: MediaProblem };

export interface LocalMediaState {
  readonly camera: DeviceState;
  readonly microphone: DeviceState;
  readonly devices: Devices;
}
